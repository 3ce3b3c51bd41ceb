import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { InitResponse } from '@chatdesk/protocol'
import { conversation, initResponse, listMessagesResponse, sendMessageResponse } from '@chatdesk/protocol/schemas'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createChatServer } from '../create-chat-server.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'

/** JSON of no declared type: the assertions say what it is. */
const read = async (answer: Response) => JSON.parse(await answer.text())

const NOBODY = '01890000-0000-7000-8000-000000000000'

describe.each(TEST_DATABASES)('REST for visitors on %s', (kind) => {
  let server: TestServer
  let visitor: InitResponse
  let bearer: Record<string, string>
  let conversationId: string

  beforeAll(async () => {
    server = await createTestServer({ kind })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    visitor = await server.initVisitor({ tabId: 'tab-00000001' })
    bearer = { authorization: `Bearer ${visitor.token}` }
    const answer = await server.post('/api/widget/conversations', {}, bearer)
    expect(answer.status).toBe(201)
    const body = await read(answer)
    expect(conversation.parse(body.conversation)).toMatchObject({ status: 'waiting', headSeq: 0 })
    conversationId = body.conversation.id
  })

  const init = (body: object, headers?: Record<string, string>) => server.post('/api/widget/init', body, headers)
  const send = (body: unknown, headers: Record<string, string> = bearer, to = conversationId) =>
    server.post(`/api/widget/conversations/${to}/messages`, body, headers)
  const list = (query = '', headers: Record<string, string> = bearer, of = conversationId) =>
    server.get(`/api/widget/conversations/${of}/messages${query}`, headers)
  const expectError = async (answer: Response, status: number, error: object) => {
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual({ error: expect.objectContaining(error) })
  }

  it('[S4] init opens a session, and resumes it for the same widget, origin and tab', async () => {
    expect(initResponse.parse(visitor)).toMatchObject({ conversationId: null, widget: { key: 'wk_demo' } })
    const { token, visitorToken } = visitor
    const again = await init({ widgetKey: 'wk_demo', tabId: 'tab-00000001', token, visitorToken })
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual({ ...visitor, conversationId, expiresAt: expect.any(String) })
  })

  it('[S4] another tab of the same visitor gets a session of its own', async () => {
    const { token, visitorToken, visitorId, sessionId } = visitor
    const other = await server.initVisitor({ tabId: 'tab-00000002', token, visitorToken })
    expect(other).toMatchObject({ visitorId, visitorToken, conversationId: null })
    expect(other.sessionId).not.toBe(sessionId)
    expect(other.token).not.toBe(token)
  })

  it('[S4] a lost visitor token is issued anew, and the old one opens nothing', async () => {
    const renewed = await server.initVisitor({ tabId: 'tab-00000001', token: visitor.token })
    expect(renewed).toMatchObject({ sessionId: visitor.sessionId, visitorId: visitor.visitorId })
    expect(renewed.visitorToken).not.toBe(visitor.visitorToken)
    const old = await server.initVisitor({ visitorToken: visitor.visitorToken })
    expect(old.visitorId).not.toBe(visitor.visitorId)
  })

  it('threat 6: ids and tokens that a client brings are never adopted', async () => {
    const preset = { token: 'vs_mine', visitorToken: 'vt_mine', visitorId: NOBODY, sessionId: NOBODY }
    const answer = await init({ widgetKey: 'wk_demo', ...preset })
    expect(answer.status).toBe(201)
    const issued = (await answer.json()) as InitResponse
    for (const value of Object.values(preset)) expect(JSON.stringify(issued)).not.toContain(value)
  })

  it('threat 37: the database holds no usable token', async () => {
    for (const table of ['visitors', 'visitor_sessions'] as const) {
      const stored = JSON.stringify(await server.database.query.selectFrom(table).selectAll().execute())
      for (const secret of [visitor.token, visitor.visitorToken]) {
        expect(stored).not.toContain(secret)
        expect(stored).not.toContain(JSON.stringify([...Buffer.from(secret)]))
      }
    }
  })

  it('refuses an unknown widget key', async () => {
    await expectError(await init({ widgetKey: 'wk_nobody' }), 404, { code: 'NOT_FOUND' })
  })

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1.evil.example',
    'http://evil-127.0.0.1',
    'https://127.0.0.1',
    'http://127.0.0.1:1',
    'HTTP://127.0.0.1',
    'http://user@127.0.0.1',
  ])('[S7] threat 23: init from %s is refused and not told to a page', async (origin) => {
    const answer = await init({ widgetKey: 'wk_demo' }, { origin })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    await expectError(answer, 403, { code: 'FORBIDDEN_ORIGIN' })
  })

  it.each([
    [{}, 'widgetKey'],
    [{ widgetKey: 'wk_demo', tabId: 'short' }, 'tabId'],
    [{ widgetKey: 'wk_demo', page: { url: 'javascript:alert(1)' } }, 'page.url'],
    [{ widgetKey: 7 }, 'widgetKey'],
  ])('[E2] init with %j names the field', async (body, field) => {
    await expectError(await init(body), 422, { code: 'VALIDATION_FAILED', field })
  })

  it('[C2] the same clientConversationId gives the same conversation', async () => {
    const start = () => server.post('/api/widget/conversations', { clientConversationId: 'conversation-1' }, bearer)
    const [first, second] = [await start(), await start()]
    expect([first.status, second.status]).toEqual([201, 200])
    expect(await second.json()).toEqual(await first.json())
  })

  it('[Q3] 201 for a new message, 200 with the same answer for the same one again', async () => {
    const body = { clientMessageId: 'message-1', text: 'Hello' }
    const first = await send(body)
    expect(first.status).toBe(201)
    const answer = sendMessageResponse.parse(await first.json())
    expect(answer).toMatchObject({ seq: 1, message: { author: { kind: 'visitor', id: visitor.visitorId } } })
    const again = await send({ clientMessageId: 'message-1', parts: [{ type: 'text', text: 'Hello' }] })
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual(answer)
    await expectError(await send({ ...body, text: 'Other' }), 409, { code: 'ID_REUSED' })
  })

  it.each([
    ['10,000 characters', 'x'.repeat(10_000)],
    ['only spaces', ' \n\t '],
    ['only control characters', '\u0000\u0007'],
    ['nothing', ''],
  ])('[X1] [X3] refuses a message of %s', async (_what, text) => {
    await expectError(await send({ clientMessageId: 'message-1', text }), 422, { code: 'VALIDATION_FAILED' })
  })

  it('[X2] [X4] cleans control characters, keeps HTML as text', async () => {
    const text = '<img src=x onerror=alert(1)>\u0000\u202e 🙂 \ud800\r\nsecond'
    const { message } = await read(await send({ clientMessageId: 'message-1', text }))
    expect(message.parts).toEqual([{ type: 'text', text: '<img src=x onerror=alert(1)>\u202e 🙂 \ufffd\nsecond' }])
  })

  it('[F3] unknown fields are not stored', async () => {
    const author = { kind: 'agent', id: NOBODY, name: 'Boss' }
    const { message } = await read(
      await send({
        clientMessageId: 'message-1',
        text: 'x',
        author,
        seq: 99,
        role: 'super_admin',
        conversationId: NOBODY,
      }),
    )
    expect(message).toMatchObject({ seq: 1, conversationId, author: { kind: 'visitor', id: visitor.visitorId } })
  })

  it('[H1] lists messages in pages, ascending', async () => {
    for (let n = 1; n <= 5; n++) await send({ clientMessageId: `message-${n}`, text: String(n) })
    const page = async (query: string) => {
      const { messages, ...rest } = listMessagesResponse.parse(await (await list(query)).json())
      return { texts: messages.map(({ parts }) => parts[0]?.text), ...rest }
    }
    expect(await page('')).toEqual({ texts: ['1', '2', '3', '4', '5'], reachedStart: true, headSeq: 5 })
    expect(await page('?limit=2')).toEqual({ texts: ['4', '5'], reachedStart: false, headSeq: 5 })
    expect(await page('?before=3&limit=2')).toMatchObject({ texts: ['1', '2'], reachedStart: true })
    expect(await page('?after=3')).toMatchObject({ texts: ['4', '5'] })
  })

  it.each([
    '?before=x',
    '?limit=0',
    '?limit=101',
    '?before=1&after=2',
    '?before=1&before=2',
    '?after=-1',
    '?limit=1e1',
  ])('[H1] refuses %s', async (query) => {
    await expectError(await list(query), 422, { code: 'VALIDATION_FAILED' })
  })

  it('[C1] [S4] refuses every other credential in the same words', async () => {
    await send({ clientMessageId: 'message-1', text: 'secret' })
    const stranger = await server.initVisitor()
    const otherTab = await server.initVisitor({ tabId: 'tab-00000002', visitorToken: visitor.visitorToken })
    for (const { token } of [stranger, otherTab]) {
      const foreign = { authorization: `Bearer ${token}` }
      await expectError(await list('', foreign), 404, { code: 'NOT_FOUND' })
      await expectError(await send({ clientMessageId: 'message-2', text: 'x' }, foreign), 404, { code: 'NOT_FOUND' })
    }
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: `Bearer ${visitor.token}x` },
      { authorization: `Bearer ${visitor.visitorToken}` },
      { authorization: `Basic ${visitor.token}` },
      { ...bearer, origin: 'https://elsewhere.example' },
      { cookie: `token=${visitor.token}` },
    ])
      await expectError(await list('', headers as Record<string, string>), 401, { code: 'UNAUTHENTICATED' })
    for (const id of [NOBODY, 'x', "1' or '1'='1", '..%2f..', conversationId.toUpperCase().slice(1)])
      await expectError(await list('', bearer, encodeURIComponent(id)), 404, { code: 'NOT_FOUND' })
  })

  it('threat 8: a token in the URL is no token', async () => {
    await expectError(await list(`?token=${visitor.token}`, {}), 401, { code: 'UNAUTHENTICATED' })
  })

  it('threat 51: SQL and JSON paths in every field change nothing', async () => {
    const evil = `' or 1=1; drop table events; --`
    await expectError(await init({ widgetKey: evil }), 404, { code: 'NOT_FOUND' })
    await expectError(await server.get(`/api/chat-widget/public/widget/${encodeURIComponent(evil)}/config`), 404, {
      code: 'NOT_FOUND',
    })
    const odd = await init({
      widgetKey: 'wk_demo',
      token: evil,
      visitorToken: evil,
      page: { url: `https://a.test/?q=${evil}` },
    })
    expect(odd.status).toBe(201)
    await expectError(await send({ clientMessageId: evil, text: 'x' }), 422, { field: 'clientMessageId' })
    expect((await send({ clientMessageId: 'message-1', text: evil })).status).toBe(201)
    const { messages } = await read(await list())
    expect(messages[0].parts[0].text).toBe(evil)
  })

  it('a restart keeps sessions and messages', async () => {
    await send({ clientMessageId: 'message-1', text: 'still here' })
    await server.restart()
    const { messages } = await read(await list())
    expect(messages).toMatchObject([{ seq: 1, parts: [{ text: 'still here' }] }])
  })
})

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
    const preflight = (origin: string) =>
      fetch(`${server.url}/api/widget/init`, {
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
  })

  it('the public settings are for everybody and for caches, and only they', async () => {
    const path = '/api/chat-widget/public/widget/wk_demo/config'
    const answer = await server.get(path, { origin: 'https://any.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
    const { widget } = await read(answer)
    expect(Object.keys(widget).sort()).toEqual(['greeting', 'key', 'name', 'position', 'primaryColor'])
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
      database: { ...database, query: null as never },
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
