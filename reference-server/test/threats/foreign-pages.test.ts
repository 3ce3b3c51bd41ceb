import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import type { Connect } from '../../src/realtime/testing/test-client.js'
import { ALLOWED_ENTRIES, KEPT_OUT, LET_IN } from '../../src/widgets/testing/origin-corpus.js'
import { createScene, NO_RATES, refusalOf, type Scene } from './scene.js'

const KEY = 'wk_pages'
const RIVAL_KEY = 'wk_rival_pages'
/** Of a widget of another organization. */
const RIVAL = 'https://rival.example'
const [HOME = '', SIBLING = ''] = LET_IN
const LINK = '/socket.io/?EIO=4&transport=polling'

let scene: Scene
beforeAll(async () => {
  const many = { points: 1e6, seconds: 1 }
  const realtime = { ...NO_RATES, connectionsPerAddress: 1e6 }
  scene = await createScene({ limits: { initPerAddress: many, callsPerAddress: many, realtime } })
  const { api } = scene.server.chat
  const pages = await api.createOrganization({ name: 'Pages' })
  await api.createWidget({ ...pages, key: KEY, name: 'Pages', allowedOrigins: ALLOWED_ENTRIES })
  const rival = await api.createOrganization({ name: 'Rival pages' })
  await api.createWidget({ ...rival, key: RIVAL_KEY, name: 'Rival', allowedOrigins: [RIVAL] })
})
afterAll(() => scene.close())

/** A header carries bytes: of what is no ASCII those of UTF-8. */
const onWire = (origin: string) => Buffer.from(origin).toString('latin1')
const ask = (method: string, path: string, headers: Record<string, string>, body?: object) =>
  fetch(scene.server.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
const init = (origin: string | undefined, request: object = {}) =>
  ask(
    'POST',
    '/api/widget/init',
    { 'content-type': 'application/json', ...(origin === undefined ? {} : { origin: onWire(origin) }) },
    { widgetKey: KEY, ...request },
  )
const read = async (answer: Response) => JSON.parse(await answer.text())
const corsOf = ({ headers }: Response) => headers.get('access-control-allow-origin')

/** A few at a time. */
async function each<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item)
  }
  await Promise.all(Array.from({ length: 10 }, lane))
}

async function sessionOf(origin: string): Promise<{ token: string; tabId: string }> {
  const tabId = `tab-${randomUUID()}`
  return { token: (await read(await init(origin, { tabId }))).token, tabId }
}

describe('threat 14: pages of others', () => {
  it('[S7] threat 14: init lets in who is on the list, and nobody who looks alike', async () => {
    await each(LET_IN, async (origin) => expect((await init(origin)).status, origin).toBe(201))
    await each([...KEPT_OUT, RIVAL], async (origin) => {
      const answer = await init(origin)
      expect([answer.status, (await read(answer)).error.code], origin).toEqual([403, 'FORBIDDEN_ORIGIN'])
    })
    expect((await init(undefined)).status).toBe(403)
  })

  describe.each(TRANSPORTS)('over %s', (_name, connect: Connect) => {
    it('[S7] threat 14: a session is opened from the pages of its widget, and from none that looks alike', async () => {
      await each(LET_IN, async (origin) => {
        const { token, tabId } = await sessionOf(origin)
        const client = await connect(scene.server.url, { origin })
        expect(await client.start(token, { tabId }), origin).toMatchObject({ type: 'session.ready' })
        client.close()
      })
      const { token, tabId } = await sessionOf(HOME)
      const refusal = async (origin?: string) =>
        refusalOf(await connect(scene.server.url, { origin: origin && onWire(origin) }), token, { tabId })
      await each([...KEPT_OUT, RIVAL], async (origin) => {
        expect(await refusal(origin), origin).toBe('FORBIDDEN_ORIGIN')
      })
      expect(await refusal()).toBe('FORBIDDEN_ORIGIN')
      // On the list, but not where the session is at home.
      expect(await refusal(SIBLING)).toBe('UNAUTHENTICATED')
    }, 60_000)
  })

  it('threat 14: to a preflight and a new link of socket.io, which name no widget, only who is on some list is known', async () => {
    const answers = (origin: string) =>
      Promise.all([
        ask('OPTIONS', '/api/widget/departments', { origin: onWire(origin) }),
        ask('GET', LINK, { origin: onWire(origin) }),
      ])
    await each([...LET_IN, RIVAL], async (origin) => {
      for (const answer of await answers(origin)) expect(corsOf(answer), origin).toBe(origin)
    })
    await each(KEPT_OUT, async (origin) => {
      for (const answer of await answers(origin)) {
        expect(corsOf(answer), origin).toBeNull()
        expect(answer.headers.get('vary')).toContain('Origin')
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      }
    })
  })
})

describe('threat 23: what the page of another widget may read', () => {
  const calls: [string, string][] = [
    ['GET', '/api/widget/departments'],
    ['POST', '/api/widget/conversations'],
    ['POST', `/api/widget/conversations/${randomUUID()}/messages`],
    ['GET', `/api/widget/conversations/${randomUUID()}/messages`],
  ]

  it.each(calls)('threat 23: %s %s: nothing by a token of this one', async (method, path) => {
    const authorization = `Bearer ${(await sessionOf(HOME)).token}`
    const from = (origin: string) => ask(method, path, { authorization, origin })
    const foreign = await from(RIVAL)
    expect([foreign.status, corsOf(foreign)]).toEqual([401, null])
    expect(foreign.headers.get('access-control-expose-headers')).toBeNull()
    expect(foreign.headers.get('vary')).toContain('Origin')
    expect(corsOf(await from(HOME))).toBe(HOME)
    // On the list, but not where the session is at home: refused, and told so.
    const sibling = await from(SIBLING)
    expect([sibling.status, corsOf(sibling)]).toEqual([401, SIBLING])
  })

  it('threat 23: that its token is none any more, or it would try for ever', async () => {
    const headers = { origin: RIVAL, authorization: 'Bearer vs_gone' }
    const answer = await ask('GET', '/api/widget/departments', headers)
    expect([answer.status, corsOf(answer)]).toEqual([401, RIVAL])
  })

  it('threat 23: no answer of a link of socket.io that another page has opened', async () => {
    const opening = await ask('GET', LINK, { origin: HOME })
    const { sid } = JSON.parse((await opening.text()).slice(1))
    const say = (origin: string) =>
      fetch(`${scene.server.url}${LINK}&sid=${sid}`, { method: 'POST', headers: { origin }, body: '40' })
    expect(corsOf(await say(RIVAL))).toBeNull()
    expect(corsOf(await say(HOME))).toBe(HOME)
  })
})
