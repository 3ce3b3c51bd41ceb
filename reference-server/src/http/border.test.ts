import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { widgetSettings } from '@chatdesk/protocol/schemas'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createChatServer } from '../create-chat-server.js'
import type { Database } from '../database/index.js'
import { noHints } from '../nodes/hint-bus.js'
import { createTestServer, type TestServer } from '../testing/index.js'
import { healthRoutes } from './health-routes.js'

/** JSON of no declared type: the assertions say what it is. */
const read = async (answer: Response) => JSON.parse(await answer.text())

describe('the border of HTTP', () => {
  let server: TestServer
  let logged: { fields: object; message?: string | undefined }[]
  beforeAll(async () => {
    const note = (fields: object, message?: string) => void logged.push({ fields, message })
    server = await createTestServer({
      logger: { debug: note, info: note, warn: note, error: note },
      limits: { initPerAddress: { points: 40, seconds: 60 }, messagesPerSession: { points: 3, seconds: 60 } },
    })
  })
  afterAll(() => server.close())
  beforeEach(() => {
    logged = []
  })
  const raw = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>, path = '/api/widget/init') =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers })
  const codeOf = async (answer: Response) => [answer.status, (await read(answer)).error.code]

  it('threat 23: CORS repeats a known origin exactly, never with credentials', async () => {
    const preflight = (origin: string, path = 'conversations') =>
      fetch(`${server.url}/api/widget/${path}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      })
    const known = await preflight(server.origin)
    expect(known.status).toBe(204)
    expect(known.headers.get('access-control-allow-origin')).toBe(server.origin)
    expect(known.headers.get('access-control-allow-headers')).toContain('authorization')
    expect(known.headers.get('vary')).toContain('Origin')
    for (const origin of ['https://evil.example', 'null', `${server.origin}0`, server.origin.toUpperCase()]) {
      const unknown = await preflight(origin)
      expect(unknown.headers.get('access-control-allow-origin')).toBeNull()
      expect(unknown.headers.get('vary')).toContain('Origin')
    }
    const answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo' })
    expect(answer.headers.get('access-control-allow-origin')).toBe(server.origin)
    for (const { headers } of [known, answer]) expect(headers.get('access-control-allow-credentials')).toBeNull()
    const auth = await fetch(`${server.url}/api/auth/me`, { headers: { origin: server.origin } })
    expect(auth.headers.get('access-control-allow-origin')).toBeNull()
    const refusable = await preflight('https://evil.example', 'init')
    expect(refusable.headers.get('access-control-allow-origin')).toBe('https://evil.example')
    expect(refusable.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('the public settings are for everybody and for caches, and only they', async () => {
    const path = '/api/chat-widget/public/widget/wk_demo/config'
    const answer = await server.get(path, { origin: 'https://any.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
    const { widget } = await read(answer)
    expect(Object.keys(widget).sort()).toEqual(Object.keys(widgetSettings.shape).sort())
    // By hand: fetch itself asks caches to stand aside when it sees this header.
    const etag = answer.headers.get('etag') ?? ''
    const status = await new Promise((resolve) =>
      get(`${server.url}${path}`, { headers: { 'if-none-match': etag } }, ({ statusCode }) => resolve(statusCode)),
    )
    expect(status).toBe(304)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'threat 16: a body of %s is refused',
    async (type) => {
      expect(await codeOf(await raw('{"widgetKey":"wk_demo"}', { 'content-type': type }))).toEqual([400, 'BAD_FRAME'])
    },
  )

  it.each(['{', '[', 'null', '7', '"text"', ''])(
    '[F2] the body %j is refused and the server lives on',
    async (body) => {
      const [status] = await codeOf(await raw(body, { 'content-type': 'application/json' }))
      expect([400, 422]).toContain(status)
      expect((await server.get('/readyz')).status).toBe(200)
    },
  )

  it('threat 50: bodies above the limit and compressed ones are refused', async () => {
    const json = { 'content-type': 'application/json' }
    const big = JSON.stringify({ widgetKey: 'x'.repeat(70_000) })
    expect(await codeOf(await raw(big, json))).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(1_000_000, 32)))
    expect(await codeOf(await raw(bomb, { ...json, 'content-encoding': 'gzip' }))).toEqual([400, 'BAD_FRAME'])
    const deep = `{"widgetKey":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect(await codeOf(await raw(deep, json))).toEqual([422, 'VALIDATION_FAILED'])
  })

  it('threat 22: a body cannot reach a prototype', async () => {
    const body = '{"widgetKey":"wk_demo","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    expect((await raw(body, { 'content-type': 'application/json' })).status).toBe(201)
    expect('polluted' in {}).toBe(false)
  })

  it('[E4] threat 48: a failure of ours tells only a request id, which the log knows', async () => {
    const { database, chat } = server
    const broken = createChatServer({
      database: { ...database, system: null as never },
      logger: { debug() {}, info() {}, warn() {}, error: (fields) => void logged.push({ fields }) },
      assets: false,
    })
    const host = createServer(express().use(broken.router))
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const answer = await fetch(
      `http://127.0.0.1:${(host.address() as AddressInfo).port}/api/chat-widget/public/widget/x/config`,
    )
    const text = await answer.text()
    const { error } = JSON.parse(text)
    expect([answer.status, error.code]).toEqual([500, 'INTERNAL'])
    expect(text).not.toMatch(/at |TypeError|null|\/src\//)
    expect(logged).toMatchObject([{ fields: { requestId: error.requestId, err: expect.any(TypeError) } }])
    host.close()
    expect(chat).toBe(server.chat)
  })

  it('threat 53: one address opens only so many sessions, one session writes only so much', async () => {
    const { token } = await server.initVisitor()
    const bearer = { authorization: `Bearer ${token}` }
    const { conversation: started } = await read(await server.post('/api/widget/conversations', {}, bearer))
    const path = `/api/widget/conversations/${started.id}/messages`
    const statuses: number[] = []
    for (let n = 0; n < 4; n++)
      statuses.push((await server.post(path, { clientMessageId: `message-${n}`, text: 'x' }, bearer)).status)
    expect(statuses).toEqual([201, 201, 201, 429])

    let answer: Response
    do answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo' })
    while (answer.status === 201)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) } })
    // Threat 43: an address that the client names itself is not believed.
    const spoofed = await server.post(
      '/api/widget/init',
      { widgetKey: 'wk_demo' },
      { 'x-forwarded-for': '203.0.113.9' },
    )
    expect(spoofed.status).toBe(429)
  })

  it('tells no version and no framework', async () => {
    const answer = await server.get('/healthz')
    expect(answer.headers.get('x-powered-by')).toBeNull()
    expect(await answer.json()).toMatchObject({ status: 'ok', durability: { class: 'D' } })
  })
})

it('/healthz waits for no database', async () => {
  const database = { open: () => new Promise<never>(() => {}) } as unknown as Database
  const app = express().use(healthRoutes({ database, hints: noHints, isDraining: () => false }))
  const host = app.listen(0, '127.0.0.1')
  await once(host, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(host.address() as AddressInfo).port}/healthz`)
  expect(await answer.json()).toEqual({ status: 'ok', durability: null })
  host.close()
})

describe('in an app of the host', () => {
  it("stands at a path, and leaves the host's routes and bodies alone", async () => {
    const server = await createTestServer({ path: '/chat' })
    expect((await server.get('/readyz')).status).toBe(200)
    await server.initVisitor()
    await server.close()

    const test = await createTestServer()
    const app = express()
    app.use(test.chat.router)
    app.post('/api/orders', express.text({ type: '*/*' }), (request, response) => void response.send(request.body))
    app.get('/api/widget-shop', (_request, response) => void response.send('host'))
    const host = createServer(app)
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
    const order = await fetch(`${url}/api/orders`, { method: 'POST', body: 'x'.repeat(80_000) })
    expect(await order.text()).toHaveLength(80_000)
    const shop = await fetch(`${url}/api/widget-shop`)
    expect(await shop.text()).toBe('host')
    expect(shop.headers.get('content-security-policy')).toBeNull()
    host.close()
    await test.close()
  })

  it('/readyz says no while draining', async () => {
    const server = await createTestServer()
    await server.chat.drain()
    expect((await server.get('/readyz')).status).toBe(503)
    expect((await server.get('/healthz')).status).toBe(200)
    await server.close()
  })
})
