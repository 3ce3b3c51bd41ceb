import { type InitResponse, textOf } from '@chatdesk/protocol'
import { conversation, initResponse, listMessagesResponse, sendMessageResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer, type TestVisitor } from '../testing/index.js'

/** JSON of no declared type: the assertions say what it is. */
const read = async (answer: Response) => JSON.parse(await answer.text())

const NOBODY = '01890000-0000-7000-8000-000000000000'

describe.each(TEST_DATABASES)('REST for visitors on %s', (kind) => {
  let server: TestServer
  let visitor: TestVisitor
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

  it('[S11] a session from before there were send tokens has one from its next page on', async () => {
    const { token, visitorToken, sessionId } = visitor
    await server.database.system
      .updateTable('visitor_sessions')
      .set({ send_token_hash: null })
      .where('id', '=', sessionId)
      .execute()
    await init({ widgetKey: 'wk_demo', tabId: 'tab-00000001', token, visitorToken })
    const sender = { authorization: `Bearer ${visitor.sendToken}` }
    expect((await send({ clientMessageId: 'left-behind-2', text: 'sent by another tab' }, sender)).status).toBe(201)
  })

  it('[S11] threat 3: a send token posts for its session, and reads, starts and opens nothing', async () => {
    const sender = { authorization: `Bearer ${visitor.sendToken}` }
    const message = { clientMessageId: 'left-behind-1', text: 'sent by another tab' }
    expect((await send(message, sender)).status).toBe(201)
    expect((await send(message)).status).toBe(200)
    await expectError(await list('', sender), 401, { code: 'UNAUTHENTICATED' })
    await expectError(await server.post('/api/widget/conversations', {}, sender), 401, { code: 'UNAUTHENTICATED' })
    const taken = await server.initVisitor({ tabId: 'tab-00000001', token: visitor.sendToken })
    expect(taken.sessionId).not.toBe(visitor.sessionId)
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    const refused = await connection.start(visitor.sendToken, { tabId: 'tab-00000001' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })

    const other = await server.initVisitor({ tabId: 'tab-00000002', visitorToken: visitor.visitorToken })
    const otherSender = { authorization: `Bearer ${other.sendToken}` }
    await expectError(await send({ ...message, clientMessageId: 'foreign-1' }, otherSender), 404, { code: 'NOT_FOUND' })
    await expectError(await send(message, { ...sender, origin: 'https://elsewhere.example' }), 401, {
      code: 'UNAUTHENTICATED',
    })
  })

  it('[S4] another tab of the same visitor gets a session of its own', async () => {
    const { token, visitorToken, visitorId, sessionId } = visitor
    const other = await server.initVisitor({ tabId: 'tab-00000002', token, visitorToken })
    expect(other).toMatchObject({ visitorId, visitorToken, conversationId: null })
    expect(other.sessionId).not.toBe(sessionId)
    expect(other.token).not.toBe(token)
  })

  it.each(['lost', 'taken by another visitor'])(
    '[S4] a session goes on where the visitor token is %s, and another tab that holds it has its visitor still',
    async (how) => {
      const { token, visitorToken, sessionId, visitorId } = visitor
      const other = await server.initVisitor({ tabId: 'tab-00000002', visitorToken })
      const found = how === 'lost' ? {} : { visitorToken: (await server.initVisitor()).visitorToken }
      const renewed = await server.initVisitor({ tabId: 'tab-00000001', token, ...found })
      expect(renewed).toMatchObject({ sessionId, visitorId, token, conversationId })
      const inOther = { tabId: 'tab-00000002', visitorToken }
      const resumed = await server.initVisitor({ ...inOther, token: other.token })
      expect(resumed).toMatchObject({ sessionId: other.sessionId, visitorId })
      expect(await server.initVisitor({ ...inOther, token: 'vs_ended' })).toMatchObject({ visitorId, visitorToken })
    },
  )

  it('threat 6: a session token, which soon ends, is exchanged for no visitor token, which lasts', async () => {
    const { token, visitorToken: mine } = visitor
    const stranger = await server.initVisitor()
    for (const visitorToken of [undefined, 'vt_forged', stranger.visitorToken, mine.toUpperCase()]) {
      const answer = await server.initVisitor({ tabId: 'tab-00000001', token, visitorToken })
      expect(answer).toMatchObject({ sessionId: visitor.sessionId, visitorToken: null })
    }
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
      const stored = JSON.stringify(await server.database.system.selectFrom(table).selectAll().execute())
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
  ])('[S7] threat 23: init from %s is refused, and its page may read why', async (origin) => {
    const answer = await init({ widgetKey: 'wk_demo' }, { origin })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin === 'null' ? null : origin)
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    await expectError(answer, 403, { code: 'FORBIDDEN_ORIGIN' })
  })

  it.each([
    [{}, 'widgetKey'],
    [{ widgetKey: 'wk_demo', tabId: 'short' }, 'tabId'],
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

  it('[C2] nor does it reach into another widget, which can be deleted all the same', async () => {
    const { organization_id: organizationId } = await server.database.system
      .selectFrom('widgets')
      .select('organization_id')
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    const facts = { organizationId, name: 'Other', allowedOrigins: [server.origin] }
    const { widgetId, key } = await server.chat.api.createWidget(facts)
    const clientConversationId = 'conversation-of-one'
    expect((await server.post('/api/widget/conversations', { clientConversationId }, bearer)).status).toBe(201)
    const { token } = await server.initVisitor({ widgetKey: key, visitorToken: visitor.visitorToken })
    const other = { authorization: `Bearer ${token}` }
    await expectError(await server.post('/api/widget/conversations', { clientConversationId }, other), 409, {
      code: 'ID_REUSED',
      field: 'clientConversationId',
    })
    const { headers } = await server.signIn('client_admin')
    const path = `${server.url}/api/chat-widget/widgets/${widgetId}`
    const deleted = await fetch(path, { method: 'DELETE', headers: { ...headers, origin: server.origin } })
    expect(deleted.status).toBe(204)
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
      return { texts: messages.map(({ parts }) => textOf(parts)), ...rest }
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

  it('[S7] threat 14: a page that is taken off the list is out, whatever session it has', async () => {
    const { id: widgetId, organization_id: organizationId } = await server.database.system
      .selectFrom('widgets')
      .select(['id', 'organization_id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    const allow = (...allowedOrigins: string[]) =>
      server.chat.api.updateWidget({ organizationId, widgetId, allowedOrigins })
    await allow('https://other.example')
    await expectError(await send({ clientMessageId: 'message-1', text: 'x' }), 403, { code: 'FORBIDDEN_ORIGIN' })
    await allow(server.origin)
    expect((await send({ clientMessageId: 'message-1', text: 'x' })).status).toBe(201)
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

  it.each([
    ['/api/widget/init', { widgetKey: 'wk_\u0000' }],
    ['/api/auth/sign-in', { email: 'a\u0000@demo.test', password: 'x' }],
  ])('threat 46: what Postgres cannot store is refused, and is no fault of ours: %s %j', async (path, body) => {
    await expectError(await server.post(path, body), 400, { code: 'BAD_FRAME' })
  })

  it('threat 46: where it is a courtesy it is left out, and the chat begins', async () => {
    expect((await init({ widgetKey: 'wk_demo', page: { url: 'https://a.test/\u0000' } })).status).toBe(201)
  })

  it('threat 46: nor in a path', async () => {
    await expectError(await server.get('/api/chat-widget/public/widget/wk_%00/config'), 400, { code: 'BAD_FRAME' })
  })

  it('a restart keeps sessions and messages', async () => {
    await send({ clientMessageId: 'message-1', text: 'still here' })
    await server.restart()
    const { messages } = await read(await list())
    expect(messages).toMatchObject([{ seq: 1, parts: [{ text: 'still here' }] }])
  })
})
