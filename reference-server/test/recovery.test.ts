import { randomUUID } from 'node:crypto'
import { createChatClient } from '@chatdesk/core'
import { type ResumeCursor, type ServerFrame, textOf } from '@chatdesk/protocol'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createChangeFeed, createMessageLog } from '../src/messages/index.js'
import { createIdGenerator } from '../src/platform/ids.js'
import { CONNECTS, connectWebSocket } from '../src/realtime/testing/test-client.js'

let server: TestServer
beforeAll(async () => {
  const unbounded = { perSecond: 1e9, burst: 1e9 }
  server = await createTestServer({
    limits: { realtime: { messages: unbounded, frames: unbounded, commandsInFlight: 1e6 } },
  })
})
afterAll(() => server.close())

const say = (conversationId: string, text: string) => ({
  type: 'message.send',
  conversationId,
  clientMessageId: randomUUID(),
  parts: [{ type: 'text' as const, text }],
})
const syncOf = (ready: ServerFrame) => (ready.type === 'session.ready' ? ready.conversations[0] : undefined)

describe.each(CONNECTS)('recovery over %s', (_name, connect) => {
  const scene = async (messages: number) => {
    const { token } = await server.initVisitor()
    const client = await connect(server.url, { origin: server.origin })
    await client.start(token)
    const answer = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const conversationId = answer.type === 'ack' && answer.ok ? (answer.conversationId ?? '') : ''
    await Promise.all(
      Array.from({ length: messages }, (_, index) => client.ask(say(conversationId, `line ${index + 1}`))),
    )
    const cursorAt = async (seq: number): Promise<ResumeCursor> => {
      const page = await client.ask({ type: 'history.load', conversationId, afterSeq: seq - 1, limit: 1 })
      return { conversationId, seq, eventId: page.type === 'history.page' ? (page.events[0]?.id ?? '') : '' }
    }
    const resume = async (cursors: ResumeCursor[]) => {
      const again = await connect(server.url, { origin: server.origin })
      return { again, sync: syncOf(await again.start(token, { cursors })) }
    }
    return { token, client, conversationId, cursorAt, resume }
  }

  it('[R2] [R3] [R4] answers fresh, resumed and gap', async () => {
    const { conversationId, cursorAt, resume } = await scene(60)
    const texts = (sync: Awaited<ReturnType<typeof resume>>['sync']) =>
      sync?.events.map((event) => (event.type === 'message.created' ? textOf(event.parts) : event.type))
    const fresh = (await resume([])).sync
    expect(fresh).toMatchObject({ recovery: 'fresh', headSeq: 60, reachedStart: false })
    expect(texts(fresh)).toEqual(Array.from({ length: 50 }, (_, index) => `line ${index + 11}`))

    const { sync: resumed } = await resume([await cursorAt(57)])
    expect(resumed).toMatchObject({ recovery: 'resumed', headSeq: 60 })
    expect(texts(resumed)).toEqual(['line 58', 'line 59', 'line 60'])

    for (const cursor of [
      { conversationId, seq: 57, eventId: (await cursorAt(56)).eventId },
      { conversationId, seq: 99, eventId: (await cursorAt(60)).eventId },
    ])
      expect((await resume([cursor])).sync).toMatchObject({ recovery: 'gap', headSeq: 60, events: fresh?.events })
  })

  it('[Q3] [Q5] what was committed without an answer reaches the others when its author says it again', async () => {
    const { client, conversationId } = await scene(1)
    const [ready] = client.frames
    if (ready?.type !== 'session.ready') throw new Error('no session')
    const { organization_id: organizationId } = await server.database.system
      .selectFrom('conversations')
      .select('organization_id')
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow()
    const agent = await connect(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    await agent.ask({ type: 'conversation.watch', conversationId })

    // A writer that tells nobody here: as if the connection to the database had broken behind the commit.
    const deaf = createMessageLog({
      database: server.database,
      changes: createChangeFeed(() => {}),
      clock: () => new Date(),
      generateId: createIdGenerator(),
    })
    const scope = { organizationId, conversationId, ownerSessionId: ready.sessionId }
    const author = { kind: 'visitor' as const, id: ready.self.id ?? '', name: 'Visitor' }
    const { parts, ...message } = say(conversationId, 'do you hear me?')
    await deaf.append({ ...scope, author, clientMessageId: message.clientMessageId, parts })
    expect(await client.ask({ ...message, parts })).toMatchObject({ ok: true, seq: 2 })
    expect(await agent.next('message.created')).toMatchObject({ seq: 2, parts })
    await deaf.end({ ...scope, author })
    expect(await client.ask({ type: 'conversation.end', conversationId })).toMatchObject({ ok: true })
    expect(await agent.next('conversation.changed')).toMatchObject({ seq: 3, status: 'resolved' })
  })

  it('[R5] a stream of messages is whole for one who joins in its middle', async () => {
    const { client, conversationId, cursorAt, resume } = await scene(5)
    const cursor = await cursorAt(3)
    const sending = Array.from({ length: 60 }, (_, index) => client.ask(say(conversationId, `live ${index}`)))
    await sending[10]
    const { again, sync } = await resume([cursor])
    await Promise.all(sending)
    const seen = () => [...(sync?.events ?? []), ...again.frames.filter((frame) => frame.type === 'message.created')]
    await expect.poll(() => seen().length).toBe(62)
    expect(seen().map(({ seq }) => seq)).toEqual(Array.from({ length: 62 }, (_, index) => index + 4))
  })
})

const PageWebSocket = class extends WebSocket {
  constructor(url: string, protocol: string) {
    super(url, protocol, { origin: server.origin })
  }
} as unknown as typeof globalThis.WebSocket
const pageIo = ((uri: string, options: object) =>
  io(uri, { ...options, extraHeaders: { origin: server.origin } })) as typeof io
const pageFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: server.origin } })

describe.each([
  ['websocket', () => webSocketTransport({ WebSocket: PageWebSocket })],
  ['socket-io', () => socketIoTransport({ io: pageIo })],
] as const)('a restart of the server under a client over %s', (_name, transport) => {
  it('loses nothing, repeats nothing and keeps the order', async () => {
    const identity = {
      resolve: async () => ({ tabId: randomUUID() }),
      remember: async () => {},
      reset: async () => {},
    }
    const client = createChatClient({
      url: server.url,
      widgetKey: 'wk_demo',
      identity,
      transports: [transport()],
      fetch: pageFetch,
      random: () => 0,
    })
    const states: string[] = []
    client.$connection.listen(({ status }) => states.push(status))
    await client.start()
    const texts = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`)
    const sent = texts.slice(0, 20).map((text) => client.sendMessage(text))
    await sent[4]
    const restarted = server.restart()
    sent.push(...texts.slice(20).map((text) => client.sendMessage(text)))
    await restarted
    const messages = await Promise.all(sent)
    expect(states).toEqual(expect.arrayContaining(['online', 'waiting']))
    expect(messages.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1))

    const agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    const conversationId = messages[0]?.conversationId ?? ''
    const synced = await agent.ask({ type: 'conversation.watch', conversationId })
    const log = synced.type === 'conversation.synced' ? synced.sync.events : []
    expect(log.map((event) => (event.type === 'message.created' ? textOf(event.parts) : event.type))).toEqual(texts)
    expect(client.$timeline.get().map((entry) => entry.seq)).toEqual(texts.map((_, index) => index + 1))
    await agent.ask(say(conversationId, 'and an answer'))
    await expect
      .poll(() => client.$timeline.get().at(-1))
      .toMatchObject({ own: false, parts: [{ text: 'and an answer' }] })
    await client.dispose()
  })
})
