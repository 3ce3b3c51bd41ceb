import type { InitRequest, ServerFrame, TabMode } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'

const [FIRST, SECOND] = ['tab-00000001', 'tab-00000002']
const ELSEWHERE = 'https://elsewhere.example'

describe.each(TEST_DATABASES)('tab modes on %s', (kind) => {
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
    const allowedOrigins = [server.origin, ELSEWHERE]
    await server.chat.api.updateWidget({ organizationId, widgetId, allowedOrigins })
  })
  afterAll(() => server.close())
  beforeEach(() => setTabs('shared'))

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const start = (token: string, body: object = {}) => server.post('/api/widget/conversations', body, bearer(token))
  const started = async (token: string, body?: object): Promise<string> => {
    const { conversation } = (await (await start(token, body)).json()) as { conversation: { id: string } }
    return conversation.id
  }
  const connect = async (token: string, tabId?: string): Promise<ServerFrame> => {
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    const answer = await connection.start(token, { tabId })
    connection.close()
    return answer
  }
  const initFrom = async (origin: string, request: Partial<InitRequest>) =>
    JSON.parse(await (await server.post('/api/widget/init', { widgetKey: 'wk_demo', ...request }, { origin })).text())

  it('knows two modes', async () => {
    await expect(setTabs('together' as never)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'tabs' })
  })

  it('[S12] the widget says its mode, in the answer of init and in its settings: isolated, unless its owner chose', async () => {
    expect((await server.initVisitor()).widget.tabs).toBe('shared')
    const answer = await server.get('/api/chat-widget/public/widget/wk_demo/config')
    expect(await answer.json()).toMatchObject({ widget: { tabs: 'shared' } })
    const { organizationId } = await server.chat.api.createOrganization({ name: 'Other' })
    const widget = { organizationId, name: 'Other', allowedOrigins: [server.origin] }
    const plain = await server.chat.api.createWidget(widget)
    expect((await server.initVisitor({ widgetKey: plain.key })).widget.tabs).toBe('isolated')
    const chosen = await server.chat.api.createWidget({ ...widget, settings: { tabs: 'shared' } })
    expect((await server.initVisitor({ widgetKey: chosen.key })).widget.tabs).toBe('shared')
  })

  it('[S12] all tabs of a visitor have one session, by its token or by the visitor token, and one token opens it in each', async () => {
    const first = await server.initVisitor({ tabId: FIRST })
    const { sessionId, visitorId, token, sendToken, visitorToken } = first
    const same = { sessionId, visitorId, token, sendToken, visitorToken }
    expect(await server.initVisitor({ tabId: SECOND, visitorToken })).toMatchObject(same)
    expect(await server.initVisitor({ tabId: SECOND, visitorToken, token })).toMatchObject(same)
    expect(await server.initVisitor({ visitorToken, token: 'vs_forged' })).toMatchObject(same)
    for (const tabId of [FIRST, SECOND, undefined])
      expect(await connect(token, tabId)).toMatchObject({ type: 'session.ready', sessionId })
  })

  it('[S12] two tabs that come at once find one session', async () => {
    const { visitorToken } = await server.initVisitor()
    now = new Date(now.getTime() + 31 * 24 * 3_600_000)
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => server.initVisitor({ tabId: `tab-1000000${n}`, visitorToken })),
    )
    expect(new Set(answers.map(({ sessionId }) => sessionId)).size).toBe(1)
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
  })

  it('[S12] a session that has run out is followed by another one, whose token is new', async () => {
    const before = await server.initVisitor()
    now = new Date(now.getTime() + 31 * 24 * 3_600_000)
    const after = await server.initVisitor({ visitorToken: before.visitorToken, token: before.token })
    expect(after.visitorId).toBe(before.visitorId)
    expect(after.sessionId).not.toBe(before.sessionId)
    expect(after.token).not.toBe(before.token)
    expect(await connect(before.token)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
  })

  it('[C7] a shared session has one conversation, whatever its tabs call it', async () => {
    const { token, visitorToken } = await server.initVisitor({ tabId: FIRST })
    const ids = await Promise.all(
      [{ clientConversationId: 'from-one-tab' }, { clientConversationId: 'from-the-other' }, {}].map((body) =>
        started(token, body),
      ),
    )
    expect(new Set(ids).size).toBe(1)
    expect(await server.initVisitor({ tabId: SECOND, visitorToken })).toMatchObject({ conversationId: ids[0] })
  })

  it('[S4] [S12] in isolated mode tabs stay apart, whatever a client sends', async () => {
    await setTabs('isolated')
    const { token, visitorToken, sessionId } = await server.initVisitor({ tabId: FIRST })
    for (const forged of [{}, { token }, { token, tabs: 'shared' }, { tabId: 'shared00', token }]) {
      const other = await server.initVisitor({ tabId: SECOND, visitorToken, ...forged } as Partial<InitRequest>)
      expect(other.sessionId).not.toBe(sessionId)
      expect(other.token).not.toBe(token)
    }
    expect(await connect(token, SECOND)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
    expect(await started(token, {})).not.toBe(await started(token, {}))
  })

  it('threat 4: whose visitor token is forged, old or missing gets into no session of anybody', async () => {
    const victim = await server.initVisitor({ tabId: FIRST })
    const conversationId = await started(victim.token)
    const { visitorId, sessionId } = victim
    const claims = [
      {},
      { visitorToken: 'vt_forged' },
      { visitorToken: visitorId },
      { token: sessionId, visitorToken: victim.token },
      { token: victim.visitorToken },
      { visitorToken: victim.sendToken, token: victim.sendToken },
      { visitorId, sessionId, conversationId, cookieId: visitorId, deviceHint: 'f2a1c4d0f2a1c4d0' },
    ]
    for (const claim of claims) {
      const stranger = await server.initVisitor({ tabId: FIRST, ...claim } as Partial<InitRequest>)
      expect(stranger).not.toMatchObject({ visitorId })
      expect(stranger).not.toMatchObject({ sessionId })
      expect(stranger.conversationId).toBeNull()
    }
    const other = await server.initVisitor()
    const page = await server.get(`/api/widget/conversations/${conversationId}/messages`, bearer(other.token))
    expect(page.status).toBe(404)
  })

  it('[S12] threat 4: another origin has a session of its own, though the visitor is the same', async () => {
    const here = await server.initVisitor({ tabId: FIRST })
    const conversationId = await started(here.token)
    const there = await initFrom(ELSEWHERE, { tabId: FIRST, visitorToken: here.visitorToken, token: here.token })
    expect(there).toMatchObject({ visitorId: here.visitorId, conversationId: null })
    expect(there.sessionId).not.toBe(here.sessionId)
    expect(there.token).not.toBe(here.token)
    expect(await connect(there.token)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
    // Its own conversation takes nothing away from here.
    await server.post('/api/widget/conversations', {}, { ...bearer(there.token), origin: ELSEWHERE })
    expect(await server.initVisitor({ visitorToken: here.visitorToken })).toMatchObject({ conversationId })
  })

  it('threat 37: what is stored of a shared session opens nothing, and neither of its tokens shows the other', async () => {
    const { token, visitorToken, sessionId } = await server.initVisitor()
    const stored = JSON.stringify(await server.database.system.selectFrom('visitor_sessions').selectAll().execute())
    expect(stored).toContain(sessionId)
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(JSON.stringify([...Buffer.from(token)]))
    expect(token).not.toContain(visitorToken.slice(3))
  })

  it('[S12] a tab whose browser has lost the visitor token goes on, and takes nothing from the others', async () => {
    const { token, sessionId, visitorId, visitorToken } = await server.initVisitor({ tabId: FIRST })
    const conversationId = await started(token)
    const same = { token, sessionId, visitorId, conversationId }
    expect(await server.initVisitor({ tabId: FIRST, token })).toMatchObject(same)
    // Of one whose own token was refused, and of one that is new.
    expect(await server.initVisitor({ tabId: SECOND, visitorToken, token: 'vs_ended' })).toMatchObject(same)
    expect(await server.initVisitor({ visitorToken })).toMatchObject(same)
    expect(await connect(token)).toMatchObject({ type: 'session.ready', sessionId })
  })

  it.each(['isolated', 'shared'] as const)(
    '[S12] a session that was opened while tabs were %s opens nothing once they are not, and counts again when they are',
    async (mode) => {
      const other = mode === 'shared' ? 'isolated' : 'shared'
      await setTabs(mode)
      const { token, sendToken, visitorToken, sessionId, visitorId } = await server.initVisitor({ tabId: FIRST })
      const conversationId = await started(token)
      await setTabs(other)
      expect(await connect(token, FIRST)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
      expect((await start(token)).status).toBe(401)
      const anew = await server.initVisitor({ tabId: FIRST, token, visitorToken })
      expect(anew).toMatchObject({ visitorId, conversationId: null, widget: { tabs: other } })
      expect(anew.sessionId).not.toBe(sessionId)
      // What a tab has left unsent still arrives.
      const message = { clientMessageId: `left-behind-${mode}`, text: 'written before' }
      const path = `/api/widget/conversations/${conversationId}/messages`
      expect((await server.post(path, message, bearer(sendToken))).status).toBe(201)
      await setTabs(mode)
      expect(await server.initVisitor({ tabId: FIRST, token, visitorToken })).toMatchObject({
        sessionId,
        conversationId,
      })
    },
  )

  it('[S6] [S12] a live connection ends when its widget changes the mode', async () => {
    const node = await createTestServer({ beside: server, heartbeatMs: 20, clock: () => now })
    // A node that stands beside has an origin of its own, and puts it on the list.
    const { token } = await initFrom(node.origin, {})
    const connection = await connectWebSocket(node.url, { origin: node.origin })
    expect(await connection.start(token)).toMatchObject({ type: 'session.ready' })
    await setTabs('isolated')
    expect(await connection.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    await node.close()
  })
})
