import { type Author, ChatError, type ClientFrame, textOf } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { AgentClient, AgentConversation } from './agent-client.js'
import { createMemoryStorage } from './storage/memory-storage.js'
import {
  createTestAgent,
  createTestClient,
  createTestServer,
  manualClock,
  serverId,
  settle,
  type TestServer,
} from './testing/index.js'

const open: { dispose(): Promise<void> }[] = []

function setUp(options: Parameters<typeof createTestAgent>[0] = {}) {
  const clock = manualClock()
  const test = createTestAgent({ clock, server: options.server ?? createTestServer({ clock }), ...options })
  open.push(test.client)
  return { clock, ...test }
}

afterEach(async () => {
  for (const client of open.splice(0)) await client.dispose()
})

const texts = (conversation: AgentConversation) =>
  conversation.$timeline
    .get()
    .flatMap((entry) => (entry.type === 'message' ? [`${textOf(entry.parts)}:${entry.delivery}`] : []))
const sent = <T extends ClientFrame['type']>(server: TestServer, type: T) =>
  server.received.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type)
const ids = (client: AgentClient) => client.$inbox.get().map(({ id }) => id)

describe('the inbox', () => {
  it('[I1] comes after the session, newest change first, and follows changes', async () => {
    const { client, server, clock } = setUp()
    const first = server.startConversation()
    await clock.advance(10)
    const second = server.startConversation()
    expect(client.$inboxState.get()).toEqual({ loaded: false, hasMore: false })
    await client.start()
    await settle()
    expect(client.$self.get()).toMatchObject({ kind: 'agent', name: 'Asha' })
    expect(ids(client)).toEqual([second.id, first.id])
    expect(client.$inboxState.get()).toEqual({ loaded: true, hasMore: false })
    await clock.advance(10)
    server.visitorSays('Hello', { conversationId: first.id })
    await settle()
    expect(client.$inbox.get()[0]).toMatchObject({ id: first.id, unread: 1, lastMessage: { text: 'Hello' } })
  })

  it('[I1] drops a row that is older than the one it has', async () => {
    const { client, server } = setUp()
    const { summary } = server.startConversation()
    await client.start()
    await settle()
    const row = summary()
    server.push({ type: 'inbox.changed', conversation: { ...row, version: row.version + 2, unread: 7 } })
    server.push({ type: 'inbox.changed', conversation: { ...row, version: row.version + 1, unread: 3 } })
    await settle()
    expect(client.$inbox.get()).toMatchObject([{ unread: 7 }])
  })

  it('[I2] loses a row that was removed, and no page that was on its way brings it back', async () => {
    const { client, server } = setUp()
    const { id, summary } = server.startConversation()
    const other = server.startConversation()
    await client.start()
    await settle()
    server.push({ type: 'inbox.removed', conversationId: id })
    await settle()
    expect(ids(client)).toEqual([other.id])
    server.push({ type: 'inbox.changed', conversation: { ...summary(), version: 99 } })
    await settle()
    expect(ids(client)).toEqual([other.id])
  })

  it('loads older rows, and keeps them over a lost connection without loading them again', async () => {
    const { client, server, clock } = setUp()
    for (let count = 0; count < 120; count += 1) {
      server.startConversation()
      await clock.advance(1)
    }
    // The inbox is ordered to the minute: what came in this one would be read again.
    await clock.advance(60_000)
    server.visitorSays('the newest')
    await client.start()
    await settle()
    expect(client.$inbox.get()).toHaveLength(50)
    await Promise.all([client.loadMoreInbox(), client.loadMoreInbox()])
    expect(client.$inbox.get()).toHaveLength(100)
    expect(client.$inboxState.get().hasMore).toBe(true)
    server.drop()
    server.visitorSays('news')
    await clock.advance(1_000)
    expect(sent(server, 'inbox.load')).toHaveLength(3)
    expect(client.$inbox.get()).toHaveLength(100)
    await client.loadMoreInbox()
    await client.loadMoreInbox()
    expect(client.$inbox.get()).toHaveLength(120)
    expect(client.$inboxState.get().hasMore).toBe(false)
  })

  it('reads as many pages as it needs to meet what it knows', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    await client.start()
    await settle()
    server.setReachable(false)
    for (let count = 0; count < 70; count += 1) {
      await clock.advance(1)
      server.startConversation()
    }
    server.setReachable(true)
    await clock.advance(30_000)
    expect(client.$inbox.get()).toHaveLength(71)
    expect(client.$inboxState.get().hasMore).toBe(false)
  })

  it('[I1] is caught up from where it was whole, when a catch-up breaks off between two pages', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    await client.start()
    await settle()
    server.setReachable(false)
    for (let count = 0; count < 70; count += 1) {
      await clock.advance(1)
      server.startConversation()
    }
    server.setReachable(true)
    const stop = client.$inbox.listen((rows) => {
      if (rows.length === 1) return
      stop()
      server.refuse('inbox.load', new ChatError('UNAVAILABLE', 'busy'))
    })
    await clock.advance(60_000)
    expect(client.$inbox.get()).toHaveLength(71)
  })

  it('[I1] does not take a row that comes before the first page for that page', async () => {
    const { client, server, clock } = setUp()
    for (let count = 0; count < 70; count += 1) {
      await clock.advance(1)
      server.startConversation()
    }
    const { summary } = server.log()
    server.refuse('inbox.load', new ChatError('UNAVAILABLE', 'busy'))
    await client.start()
    server.push({ type: 'inbox.changed', conversation: summary() })
    await clock.advance(5_000)
    expect(client.$inboxState.get()).toEqual({ loaded: true, hasMore: true })
  })

  it('is asked for again after a refusal for a while, and told of one for good', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    server.refuse('inbox.load', new ChatError('UNAVAILABLE', 'busy'))
    await client.start()
    await clock.advance(2_000)
    expect(client.$inbox.get()).toHaveLength(1)
    const errors: string[] = []
    client.on('error', ({ code }) => errors.push(code))
    server.refuse('inbox.load', new ChatError('FORBIDDEN', 'no'))
    server.drop()
    await clock.advance(1_000)
    expect(errors).toEqual(['FORBIDDEN'])
  })
})

describe('a conversation', () => {
  it('is read, answered, marked and typed in, live with its visitor', async () => {
    const { client, server, clock } = setUp()
    const visitor = createTestClient({ server, clock })
    open.push(visitor.client)
    await Promise.all([visitor.client.start(), client.start()])
    await visitor.client.sendMessage('Hello')
    const conversation = client.openConversation(server.log().id)
    expect(client.openConversation(server.log().id)).toBe(conversation)
    await settle()
    expect(texts(conversation)).toEqual(['Hello:sent'])

    conversation.setTyping(true)
    await settle()
    expect(visitor.client.$typing.get()).toMatchObject([{ kind: 'agent' }])
    const message = await conversation.sendMessage('Hi!')
    expect(message).toMatchObject({ seq: 3, author: { kind: 'agent' } })
    await settle()
    expect(visitor.client.$typing.get()).toEqual([])
    expect(visitor.client.$unreadCount.get()).toBe(1)
    conversation.markRead()
    visitor.client.markRead()
    await settle()
    expect(texts(conversation)).toEqual(['Hello:sent', 'Hi!:read'])
    expect(client.$inbox.get()).toMatchObject([{ unread: 0, status: 'assigned' }])
    await conversation.end()
    await settle()
    expect(visitor.client.$conversation.get().status).toBe('resolved')
  })

  it('[R1] [R3] is watched again from its cursor on a new connection', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    server.visitorSays('one')
    await client.start()
    const conversation = client.openConversation(server.log().id)
    await settle()
    server.setReachable(false)
    server.visitorSays('two')
    const promise = conversation.sendMessage('from the outbox')
    await settle()
    server.setReachable(true)
    await clock.advance(1_000)
    await promise
    expect(texts(conversation)).toEqual(['one:sent', 'two:sent', 'from the outbox:sent'])
    expect(sent(server, 'conversation.watch')[1]).toMatchObject({ cursor: { seq: 1 } })
  })

  it('[P2] says whether its visitor is there, as of now and whenever it changes; of no other conversation', async () => {
    const { client, server, clock } = setUp()
    const visitor = createTestClient({ server, clock })
    open.push(visitor.client)
    await visitor.client.start()
    await visitor.client.sendMessage('Hello')
    const { id } = server.log()
    const other = server.startConversation()
    await client.start()
    const conversation = client.openConversation(id)
    const further = client.openConversation(other.id)
    expect(conversation.$presence.get()).toBeNull()
    await settle()
    expect([conversation, further].map(({ $presence }) => $presence.get())).toEqual(['online', 'offline'])
    server.push({ type: 'visitor.presence', conversationId: id, presence: 'away' })
    await settle()
    expect([conversation, further].map(({ $presence }) => $presence.get())).toEqual(['away', 'offline'])
    server.setReachable(false)
    await settle()
    expect(conversation.$presence.get()).toBeNull()
    server.setReachable(true)
    await clock.advance(1_000)
    expect(conversation.$presence.get()).not.toBeNull()
  })

  it('another agent’s message is of the own side, and under its own key', async () => {
    const other: Author = { kind: 'agent', id: serverId(0xa2), name: 'Ben' }
    const { client, server } = setUp()
    const log = server.startConversation()
    await client.start()
    const conversation = client.openConversation(log.id)
    await settle()
    const { message } = log.append({
      author: other,
      parts: [{ type: 'text', text: 'mine' }],
      clientMessageId: 'client-id',
    })
    server.push(message)
    await settle()
    expect(conversation.$timeline.get()).toMatchObject([{ type: 'change' }, { own: true, key: message.id }])
  })

  it('[N2] a follow-up, by the system, is of the own side', async () => {
    const { client, server } = setUp()
    const log = server.startConversation()
    await client.start()
    const conversation = client.openConversation(log.id)
    await settle()
    const author: Author = { kind: 'system', id: serverId(0xd1), name: 'Demo' }
    const parts = [{ type: 'text' as const, text: 'Still there?' }]
    server.push(log.append({ author, parts, clientMessageId: 'follow_up:1' }).message)
    await settle()
    expect(conversation.$timeline.get()).toMatchObject([{ own: true, author, delivery: 'sent' }])
  })

  it('that is closed is let go when its outbox is empty, not before', async () => {
    const { client, server } = setUp()
    const log = server.startConversation()
    await client.start()
    const conversation = client.openConversation(log.id)
    await settle()
    const release = server.hold('message.send')
    const promise = conversation.sendMessage('last words')
    conversation.close()
    await settle()
    expect(sent(server, 'conversation.unwatch')).toEqual([])
    release()
    expect(await promise).toMatchObject({ seq: 2 })
    await settle()
    expect(sent(server, 'conversation.unwatch')).toHaveLength(1)
    expect(client.openConversation(log.id)).not.toBe(conversation)
  })

  it('[C6] that may not be read fails what waits for it, and says so', async () => {
    const { client, server } = setUp()
    const log = server.startConversation()
    const errors: string[] = []
    client.on('error', ({ code }) => errors.push(code))
    server.refuse('conversation.watch', new ChatError('NOT_FOUND', 'no'))
    const conversation = client.openConversation(log.id)
    const promise = conversation.sendMessage('never')
    await client.start()
    await expect(promise).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(errors).toEqual(['NOT_FOUND'])
    expect(texts(conversation)).toEqual(['never:failed'])
  })

  it('[I2] that was removed is missing, and fails what waits for it', async () => {
    const { client, server } = setUp()
    const log = server.startConversation()
    await client.start()
    await settle()
    const conversation = client.openConversation(log.id)
    await settle()
    expect(conversation.$missing.get()).toBe(false)
    server.refuse('message.send', new ChatError('UNAVAILABLE', 'Wait.'))
    const promise = conversation.sendMessage('too late')
    await settle()
    server.push({ type: 'inbox.removed', conversationId: log.id })
    await expect(promise).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(conversation.$missing.get()).toBe(true)
  })

  it('[C1] [I2] that is not there any more when it is watched again is missing, here and in the inbox', async () => {
    const { client, server } = setUp()
    const log = server.startConversation()
    await client.start()
    await settle()
    expect(ids(client)).toEqual([log.id])
    server.refuse('conversation.watch', new ChatError('NOT_FOUND', 'no'))
    const conversation = client.openConversation(log.id)
    await settle()
    expect([conversation.$missing.get(), ids(client)]).toEqual([true, []])
  })
})

describe('a reload', () => {
  it('sends what was left in any conversation, opened again or not, and no other tab’s', async () => {
    const clock = manualClock()
    const server = createTestServer({ clock })
    const storage = createMemoryStorage()
    const first = server.startConversation()
    const second = server.startConversation()
    const before = setUp({ clock, server, storage, tabId: 'tab-1' })
    await before.client.start()
    const conversations = [first, second].map(({ id }) => before.client.openConversation(id))
    await settle()
    server.setReachable(false)
    await settle()
    for (const conversation of conversations) conversation.sendMessage(`to ${conversation.conversationId}`)
    await settle()
    await before.client.dispose()

    server.setReachable(true)
    const elsewhere = setUp({ clock, server, storage, tabId: 'tab-2' })
    await elsewhere.client.start()
    await settle()
    expect(sent(server, 'message.send')).toEqual([])

    const after = setUp({ clock, server, storage, tabId: 'tab-1' })
    await after.client.start()
    const reopened = after.client.openConversation(first.id)
    await settle()
    expect(texts(reopened)).toEqual([`to ${first.id}:sent`])
    expect(second.events.at(-1)).toMatchObject({ parts: [{ text: `to ${second.id}` }] })
  })
})

describe('the session', () => {
  it('[S3] takes a new ticket for each attempt', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    server.drop()
    await clock.advance(1_000)
    expect(new Set(sent(server, 'session.start').map(({ token }) => token)).size).toBe(2)
  })

  it('ends when somebody else has signed in: nobody’s words go out in another’s name', async () => {
    const { client, server } = setUp()
    await client.start()
    server.push({
      type: 'session.ready',
      commandId: 'x',
      sessionId: serverId(1),
      protocolVersion: 1,
      self: { kind: 'agent', id: serverId(0xa2), name: 'Ben' },
      heartbeatMs: 25_000,
      conversations: [],
    })
    await settle()
    expect(client.$connection.get()).toMatchObject({ status: 'failed', error: { code: 'UNAUTHENTICATED' } })
    expect(server.connections).toBe(0)
  })
})

it('dispose leaves nothing behind', async () => {
  const { client, server, clock } = setUp()
  server.startConversation()
  server.refuse('inbox.load', new ChatError('UNAVAILABLE', 'busy'))
  await client.start()
  const conversation = client.openConversation(server.log().id)
  await settle()
  server.hold('message.send')
  const unsent = conversation.sendMessage('Hello')
  server.types('visitor', true)
  await settle()
  await client.dispose()
  await settle()
  await expect(unsent).rejects.toMatchObject({ code: 'ABORTED' })
  expect([clock.pending, server.connections]).toEqual([0, 0])
})

it('a conversation that was closed while its watch was put off is not watched later', async () => {
  const { client, server, clock } = setUp()
  const { id } = server.startConversation()
  await client.start()
  await settle()
  server.refuse('conversation.watch', new ChatError('UNAVAILABLE', 'busy'))
  const opened = client.openConversation(id)
  await settle()
  opened.close()
  await clock.advance(10_000)
  expect(server.received.filter(({ type }) => type === 'conversation.watch')).toHaveLength(1)
})
