import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer, type TestVisitor } from '../testing/index.js'

type Ready = { type: string; conversations: { conversationId: string; headSeq: number; recovery: string }[] }

describe.each(TEST_DATABASES)('more than one conversation on %s', (kind) => {
  let server: TestServer
  let visitor: TestVisitor
  let client: TestClient
  let count = 0

  beforeAll(async () => {
    server = await createTestServer({ kind })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    count += 1
    visitor = await server.initVisitor({ tabId: 'tab-00000001' })
    client = await connect()
  })

  const connect = async (cursors: object[] = [], of = visitor) => {
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    await connection.start(of.token, { tabId: 'tab-00000001', cursors })
    return connection
  }
  const idOf = (answer: unknown) => {
    const { conversationId, conversations } = answer as { conversationId?: string } & Partial<Ready>
    return (conversationId ?? conversations?.at(-1)?.conversationId) as string
  }
  const start = async (after?: string, by = client) =>
    idOf(await by.ask({ type: 'conversation.start', clientConversationId: `conversation-${randomUUID()}`, after }))
  const say = (conversationId: string, text: string, by = client) =>
    by.ask({
      type: 'message.send',
      conversationId,
      clientMessageId: `message-${count}-${text}`,
      parts: [{ type: 'text', text }],
    })
  const shown = async (cursors: object[] = []) => {
    const ready = (await connect(cursors)).frames[0] as Ready
    return ready.conversations.map(({ conversationId }) => conversationId)
  }

  it('[C9] one follows another, once, however often and in whatever line it is asked for, and is live from then on', async () => {
    const first = await start()
    expect(await start(first)).toBe(first)
    await say(first, 'one')
    const other = await connect()
    const [second, again] = await Promise.all([start(first), start(first, other)])
    expect(second).not.toBe(first)
    expect(again).toBe(second)
    expect(await start(first)).toBe(second)
    await say(second, 'two')
    expect(await shown()).toEqual([second])
    const resumed = await server.initVisitor({ tabId: 'tab-00000001', token: visitor.token })
    expect(resumed.conversationId).toBe(second)
  })

  it('[C9] threat 5: nothing follows a conversation of somebody else', async () => {
    const first = await start()
    await say(first, 'one')
    const stranger = await server.initVisitor({ tabId: 'tab-00000001' })
    const theirs = await connect([], stranger)
    for (const type of ['conversation.start', 'conversation.open'])
      expect(
        await theirs.ask({ type, clientConversationId: 'theirs-0001', after: first, conversationId: first }),
      ).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('[C10] [R1] what is opened is live, with its log, and a named one is brought up to date before it', async () => {
    const first = await start()
    await say(first, 'one')
    const second = await start(first)
    await say(second, 'two')
    const opened = (await client.ask({ type: 'conversation.open', conversationId: first })) as Ready
    expect(opened).toMatchObject({
      type: 'session.ready',
      conversations: [{ conversationId: first, recovery: 'fresh', headSeq: 1, events: [{ seq: 1 }] }],
    })
    expect(await shown()).toEqual([first])
    expect(await shown([{ conversationId: second, seq: 0 }])).toEqual([second, first])
    const third = await start(first)
    expect([first, second]).not.toContain(third)
    // A late repetition of what was asked for before.
    expect(await start(first)).toBe(third)
    expect(await shown()).toEqual([third])
  })

  it('[C5] [C10] a message reopens one that was resolved and opened again', async () => {
    const first = await start()
    await say(first, 'one')
    await client.ask({ type: 'conversation.end', conversationId: first })
    await start(first)
    await client.ask({ type: 'conversation.open', conversationId: first })
    await say(first, 'back')
    expect(await client.next('conversation.changed')).toMatchObject({ status: 'resolved' })
    expect(await client.next('conversation.changed')).toMatchObject({ status: 'waiting' })
  })

  it('[C10] only a visitor opens a conversation so', async () => {
    const agent = await server.signIn('agent')
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    await connection.start(await server.ticket(agent))
    const conversationId = await start()
    expect(await connection.ask({ type: 'conversation.open', conversationId })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    })
  })

  it('[C7] [C9] [C10] tabs that share a session are shown the same one', async () => {
    const demo = { organizationId: '', widgetId: '' }
    const row = await server.database.system
      .selectFrom('widgets')
      .select(['organization_id', 'id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    Object.assign(demo, { organizationId: row.organization_id, widgetId: row.id })
    await server.chat.api.updateWidget({ ...demo, settings: { tabs: 'shared' } })
    try {
      visitor = await server.initVisitor({ tabId: 'tab-00000001' })
      client = await connect()
      const first = await start()
      await say(first, 'one')
      const second = await start(first)
      const otherTab = await connect()
      expect(idOf(await otherTab.ask({ type: 'conversation.start', clientConversationId: 'another-tab-1' }))).toBe(
        second,
      )
      await otherTab.ask({ type: 'conversation.open', conversationId: first })
      expect(await shown()).toEqual([first])
    } finally {
      await server.chat.api.updateWidget({ ...demo, settings: { tabs: 'isolated' } })
    }
  })
})
