import type { InitRequest, ServerFrame, TabMode } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nextTokenOf } from '../platform/secrets.js'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'
import { findWidget } from '../widgets/index.js'
import { resumeHeld } from './session-rows.js'
import { findHeldSession, type HeldSession } from './sessions.js'

const [TAB, OTHER_TAB] = ['tab-00000001', 'tab-00000002']
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

describe.each(TEST_DATABASES)('the tokens of a session on %s', (kind) => {
  let server: TestServer
  let setTabs: (tabs: TabMode) => Promise<void>
  let now = new Date('2026-01-01T00:00:00.000Z')

  beforeAll(async () => {
    server = await createTestServer({ kind, clock: () => now })
    const { id: widgetId, organization_id: organizationId } = await server.database.system
      .selectFrom('widgets')
      .select(['id', 'organization_id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    setTabs = (tabs) => server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs } })
  })
  afterAll(() => server.close())
  beforeEach(() => setTabs('isolated'))

  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const init = (request: Partial<InitRequest> = {}) => server.initVisitor({ tabId: TAB, ...request })
  const started = async (token: string): Promise<string> => {
    const answer = await server.post('/api/widget/conversations', {}, bearer(token))
    return ((await answer.json()) as { conversation: { id: string } }).conversation.id
  }
  const connect = async (token: string, tabId = TAB): Promise<ServerFrame> => {
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    const answer = await connection.start(token, { tabId })
    connection.close()
    return answer
  }
  const ended = { ok: false, error: { code: 'UNAUTHENTICATED' } }
  const ready = { type: 'session.ready' }

  it('[S14] a token opens for a day and says so; init exchanges it for the next, and the session stays', async () => {
    const first = await init()
    expect(new Date(first.expiresAt).getTime() - now.getTime()).toBe(DAY_MS)
    const conversationId = await started(first.token)
    const { token, visitorToken, sessionId } = first
    later(DAY_MS - 1)
    expect(await connect(token)).toMatchObject(ready)
    expect(await init({ token, visitorToken })).toEqual({ ...first, conversationId })
    later(1)
    expect(await connect(token)).toMatchObject(ended)
    const path = `/api/widget/conversations/${conversationId}/messages`
    expect((await server.get(path, bearer(token))).status).toBe(401)
    const next = await init({ token, visitorToken })
    expect(next).toMatchObject({ sessionId, visitorToken, conversationId, visitorId: first.visitorId })
    expect(next.token).not.toBe(token)
    expect(next.sendToken).not.toBe(first.sendToken)
    expect(new Date(next.expiresAt).getTime() - now.getTime()).toBe(DAY_MS)
    expect(await connect(next.token)).toMatchObject(ready)
    expect(await connect(token)).toMatchObject(ended)
    expect((await server.get(path, bearer(next.token))).status).toBe(200)
  })

  it('[S14] an exchange whose answer was lost gives the same again, also many at once', async () => {
    const { token, visitorToken } = await init()
    later(2 * DAY_MS)
    const answers = await Promise.all(Array.from({ length: 6 }, () => init({ token, visitorToken })))
    answers.push(await init({ token, visitorToken }), await init({ token }))
    expect(new Set(answers.map((answer) => answer.token)).size).toBe(1)
    // Nobody came back for it, and it has ended as well.
    later(DAY_MS)
    const after = await init({ token, visitorToken })
    expect(after.sessionId).toBe(answers[0]?.sessionId)
    expect(after.token).not.toBe(answers[0]?.token)
    expect(await connect(after.token)).toMatchObject(ready)
    // Two exchanges later it is nobody's any more.
    expect((await init({ token, visitorToken })).sessionId).not.toBe(after.sessionId)
  })

  it('[S14] an init that has read the session before does not take an exchange back', async () => {
    const { token, visitorToken, widget } = await init()
    const held = (await findHeldSession(server.database, token, now)) as HeldSession
    const visit = {
      widget: await findWidget({ database: server.database, takesFiles: false, sendsMail: false }, widget.key, now),
      request: { widgetKey: widget.key },
      facts: { origin: server.origin, userAgent: undefined, acceptLanguage: undefined, geo: {} as never },
      now,
      expiresAt: new Date(now.getTime() + 30 * DAY_MS),
    }
    later(DAY_MS)
    const next = await init({ token, visitorToken })
    await resumeHeld(server.database.of(held.organizationId), visit, held)
    expect(await connect(next.token)).toMatchObject(ready)
  })

  it('[S14] a token is exchanged in its tab alone, and for as long as its session lasts', async () => {
    const { token, visitorToken, sessionId } = await init()
    later(29 * DAY_MS)
    expect((await init({ token, visitorToken, tabId: OTHER_TAB })).sessionId).not.toBe(sessionId)
    const next = await init({ token, visitorToken })
    expect(next.sessionId).toBe(sessionId)
    later(30 * DAY_MS)
    expect((await init({ token: next.token, visitorToken })).sessionId).not.toBe(sessionId)
  })

  it('threat 6: from a token that somebody has seen, the next does not follow', async () => {
    const { token, visitorToken } = await init()
    const stored = () => server.database.system.selectFrom('visitor_sessions').selectAll().execute()
    later(DAY_MS)
    const next = await init({ token, visitorToken })
    const rows = JSON.stringify(await stored())
    for (const secret of [token, next.token, next.sendToken]) expect(rows).not.toContain(secret)
    await init({ tabId: OTHER_TAB, visitorToken })
    const salts = (await stored()).map((row) => row.token_salt)
    // The same step with the salt of any other session ends elsewhere.
    expect(salts.length).toBeGreaterThan(1)
    expect(salts.filter((salt) => nextTokenOf(token, salt) === next.token)).toHaveLength(1)
  })

  it('[S11] a send token posts on, when the token that it came with was exchanged', async () => {
    const { token, sendToken, visitorToken } = await init()
    const conversationId = await started(token)
    const post = (clientMessageId: string) =>
      server.post(
        `/api/widget/conversations/${conversationId}/messages`,
        { clientMessageId, text: 'left behind' },
        bearer(sendToken),
      )
    later(2 * DAY_MS)
    expect((await post('left-behind-1')).status).toBe(201)
    await init({ token, visitorToken })
    expect((await post('left-behind-2')).status).toBe(201)
  })

  it('[S12] [S14] tabs that share are given the same next token, whatever they have of the last ones', async () => {
    await setTabs('shared')
    const first = await init()
    const { visitorToken } = first
    const conversationId = await started(first.token)
    let token = first.token
    for (let day = 0; day < 4; day++) {
      later(DAY_MS)
      const claims = [{ token }, { token, visitorToken }, { visitorToken }, { visitorToken, token: 'vs_forged' }]
      const answers = []
      for (const claim of claims) answers.push(await init({ ...claim, tabId: OTHER_TAB }))
      const [next] = answers
      expect(next?.token).not.toBe(token)
      for (const answer of answers)
        expect(answer).toMatchObject({ token: next?.token, sessionId: first.sessionId, conversationId })
      token = next?.token ?? ''
      expect(await connect(token)).toMatchObject(ready)
    }
    // One that has slept for all that time, and knows its visitor.
    expect(await init({ token: first.token, visitorToken })).toMatchObject({ token, conversationId })
  })

  it('[S6] [S14] a live connection ends with its token', async () => {
    const node = await createTestServer({ beside: server, heartbeatMs: 50, clock: () => now })
    const answer = await node.post('/api/widget/init', { widgetKey: 'wk_demo' })
    const { token } = (await answer.json()) as { token: string }
    const connection = await connectWebSocket(node.url, { origin: node.origin })
    expect(await connection.start(token)).toMatchObject(ready)
    // A live one: whether it has ended is said by the clock that its token was issued by.
    const start = { type: 'conversation.start', clientConversationId: 'conversation-live' } as const
    expect(await connection.ask(start)).toHaveProperty('conversationId')
    later(DAY_MS)
    expect(await connection.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    await node.close()
  })
})
