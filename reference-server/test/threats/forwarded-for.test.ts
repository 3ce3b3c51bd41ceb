import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import type { Connect } from '../../src/realtime/testing/test-client.js'
import { createScene, type Scene } from './scene.js'

let scene: Scene
afterEach(() => scene.close())

/** What an attacker writes of where it comes from: another address each time. */
const CLAIMS: readonly ((n: number) => Record<string, string>)[] = [
  (n) => ({ 'x-forwarded-for': `203.0.113.${n}` }),
  (n) => ({ 'x-forwarded-for': `203.0.113.${n}, 127.0.0.1` }),
  (n) => ({ 'x-forwarded-for': `127.0.0.1, 203.0.113.${n}, ` }),
  (n) => ({ 'x-forwarded-for': `2001:db8::${n}` }),
  (n) => ({ 'x-forwarded-for': `${n}` }),
  (n) => ({ 'x-real-ip': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}`, 'cf-connecting-ip': `203.0.113.${n}` }),
  (n) => ({ 'x-forwarded-for': createHash('sha256').update(String(n)).digest('hex').repeat(50) }),
]
const MOST = 3

/** How many of ten get in, and stay. Over plain HTTP a connection is a request that is held. */
async function admitted(connect: Connect, claim: (n: number) => Record<string, string>): Promise<number> {
  const { token } = await scene.server.initVisitor()
  let count = 0
  for (let n = 0; n < 10; n += 1) {
    const opened = connect(scene.server.url, { origin: scene.server.origin, headers: claim(n) })
    const ready = await opened.then((client) => client.start(token)).catch(() => undefined)
    if (ready?.type === 'session.ready') count += 1
  }
  return count
}

describe.each(TRANSPORTS.filter(([name]) => name !== 'polling'))('limits by address over %s', (_name, connect) => {
  it('threat 43: do not move with what a client says of where it comes from', async () => {
    scene = await createScene({ limits: { realtime: { connectionsPerAddress: MOST } } })
    for (const [index, claim] of CLAIMS.entries()) expect(await admitted(connect, claim)).toBe(index === 0 ? MOST : 0)
  })

  it('threat 43: follow what a proxy that is trusted says, and of that only what it wrote itself: the last', async () => {
    scene = await createScene({ trustProxy: 'loopback', limits: { realtime: { connectionsPerAddress: MOST } } })
    expect(await admitted(connect, (n) => ({ 'x-forwarded-for': `198.51.100.${n}` }))).toBe(10)
    expect(await admitted(connect, (n) => ({ 'x-forwarded-for': `198.51.100.${n}, 203.0.113.9` }))).toBe(MOST)
  })
})

it('threat 43: [W1] nor do the rates of plain HTTP and of REST', async () => {
  const once = { perSecond: 1e-6, burst: MOST }
  scene = await createScene({
    limits: { realtime: { requestsPerAddress: once }, initPerAddress: { points: MOST, seconds: 3600 } },
  })
  const { url, origin } = scene.server
  const statuses = async (ask: (n: number) => Promise<Response>) => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n)))
    for (const answer of answers) await answer.arrayBuffer()
    return answers.filter(({ status }) => status !== 429).length
  }
  for (const [index, claim] of CLAIMS.entries()) {
    const poll = (n: number) => fetch(`${url}/poll`, { method: 'POST', body: '{}', headers: { origin, ...claim(n) } })
    const init = (n: number) => scene.server.post('/api/widget/init', { widgetKey: 'wk_demo' }, claim(n))
    for (const ask of [poll, init]) expect(await statuses(ask)).toBe(index === 0 ? MOST : 0)
  }
})
