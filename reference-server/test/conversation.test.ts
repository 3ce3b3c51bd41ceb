import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONNECTS, type TestClient } from '../src/realtime/testing/test-client.js'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const say = (conversationId: string, text: string, clientMessageId: string = randomUUID()) => ({
  type: 'message.send',
  conversationId,
  clientMessageId,
  parts: [{ type: 'text', text }],
})
const eventsOf = (client: TestClient) =>
  client.frames.filter(({ type }) => type === 'message.created' || type === 'conversation.changed')
const conversationIdOf = (answer: ServerFrame) =>
  answer.type === 'ack' && answer.ok ? (answer.conversationId ?? '') : ''

describe.each(CONNECTS)('a visitor and an agent over %s', (_name, connect) => {
  const from = () => ({ origin: server.origin })
  const connectVisitor = async () => {
    const session = await server.initVisitor()
    const client = await connect(server.url, from())
    expect(await client.start(session.token)).toMatchObject({ type: 'session.ready', sessionId: session.sessionId })
    return client
  }
  const connectMember = async (role: 'agent' | 'client_user' = 'agent') => {
    const client = await connect(server.url, from())
    expect(await client.start(await server.ticket(await server.signIn(role)))).toMatchObject({ type: 'session.ready' })
    return client
  }

  it('converse from the first message to the end', async () => {
    const agent = await connectMember()
    expect(await agent.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({ type: 'inbox.page' })
    const visitor = await connectVisitor()
    const clientConversationId = randomUUID()
    const conversationId = conversationIdOf(await visitor.ask({ type: 'conversation.start', clientConversationId }))
    expect(await visitor.ask(say(conversationId, 'Is my order on its way?'))).toMatchObject({ ok: true, seq: 1 })

    let row = await agent.next('inbox.changed')
    while (row.conversation.id !== conversationId || row.conversation.headSeq === 0)
      row = await agent.next('inbox.changed')
    expect(row.conversation).toMatchObject({
      status: 'waiting',
      unread: 1,
      lastMessage: { text: 'Is my order on its way?' },
    })

    const synced = await agent.ask({ type: 'conversation.watch', conversationId })
    expect(synced).toMatchObject({ sync: { recovery: 'fresh', headSeq: 1, reachedStart: true } })
    agent.send({ type: 'typing.set', conversationId, active: true })
    expect(await visitor.next('typing.changed')).toMatchObject({ active: true, author: { kind: 'agent' } })
    expect(await agent.ask({ type: 'message.markRead', conversationId, upToSeq: 1 })).toMatchObject({ ok: true })
    expect(await visitor.next('message.read')).toMatchObject({ reader: 'team', upToSeq: 1 })

    expect(await agent.ask(say(conversationId, 'It is.'))).toMatchObject({ ok: true, seq: 3 })
    expect(await visitor.next('conversation.changed')).toMatchObject({ seq: 2, status: 'assigned' })
    expect(await visitor.next('typing.changed')).toMatchObject({ active: false })
    expect(await visitor.ask({ type: 'conversation.end', conversationId })).toMatchObject({ ok: true })
    expect(await agent.next('conversation.changed')).toMatchObject({ seq: 2 })
    expect(await agent.next('conversation.changed')).toMatchObject({ seq: 4, status: 'resolved' })

    const history = await visitor.ask({ type: 'history.load', conversationId, limit: 50 })
    const events = history.type === 'history.page' ? history.events : []
    expect(eventsOf(visitor)).toEqual(events)
    expect(eventsOf(agent)).toEqual(events.slice(1))
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })

  it('[Q3] a message sent again after its answer was lost is in the log once', async () => {
    const session = await server.initVisitor()
    const first = await connect(server.url, from())
    await first.start(session.token)
    const conversationId = conversationIdOf(
      await first.ask({ type: 'conversation.start', clientConversationId: randomUUID() }),
    )
    const message = say(conversationId, 'once')
    first.send({ ...message, commandId: randomUUID() })
    await first.next('message.created')
    first.close()

    const second = await connect(server.url, from())
    await second.start(session.token)
    expect(await second.ask(message)).toMatchObject({ ok: true, seq: 1 })
    expect(await second.ask(say(conversationId, 'other', message.clientMessageId))).toMatchObject({
      error: { code: 'ID_REUSED' },
    })
    const both = [
      second.ask(say(conversationId, 'twice', 'the-same-id')),
      second.ask(say(conversationId, 'twice', 'the-same-id')),
    ]
    expect(await Promise.all(both)).toMatchObject([{ seq: 2 }, { seq: 2 }])
    expect(await second.ask({ type: 'history.load', conversationId, limit: 9 })).toMatchObject({ headSeq: 2 })
  })

  it('[C1] no visitor reaches the conversation of another, [C6] and a reader writes nothing', async () => {
    const owner = await connectVisitor()
    const conversationId = conversationIdOf(
      await owner.ask({ type: 'conversation.start', clientConversationId: randomUUID() }),
    )
    const stranger = await connectVisitor()
    for (const command of [say(conversationId, 'x'), { type: 'conversation.watch' }, { type: 'conversation.end' }])
      expect(await stranger.ask({ ...command, conversationId })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    const reader = await connectMember('client_user')
    expect(await reader.ask({ type: 'conversation.watch', conversationId })).toMatchObject({
      type: 'conversation.synced',
    })
    expect(await reader.ask(say(conversationId, 'x'))).toMatchObject({ error: { code: 'FORBIDDEN' } })
    reader.send({ type: 'typing.set', conversationId, active: true })
    expect(await reader.ask({ type: 'history.load', conversationId, limit: 1 })).toMatchObject({ headSeq: 0 })
    expect(await owner.ask({ type: 'history.load', conversationId, limit: 1 })).toMatchObject({ headSeq: 0 })
    expect(owner.frames.filter(({ type }) => type === 'typing.changed')).toEqual([])
  })

  it('threat 15: a ticket from the console opens nothing for an evil page that has the cookie as well', async () => {
    const member = await server.signIn('agent')
    const headers = { cookie: member.cookie }
    const origin = 'https://evil.example'
    const ticket = await server.ticket(member)
    const thief = await connect(server.url, { origin, headers })
    expect(await thief.start(ticket)).toMatchObject({ error: { code: 'FORBIDDEN_ORIGIN' } })
    const hijacker = await connect(server.url, { origin, headers })
    expect(await hijacker.ask({ type: 'inbox.load', limit: 1 })).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    const fetched = await server.post('/api/auth/ticket', undefined, { ...member.headers, origin })
    expect(fetched.status).toBe(403)
  })

  it('[S3] a ticket opens one connection', async () => {
    const ticket = await server.ticket(await server.signIn('agent'))
    const first = await connect(server.url, from())
    expect(await first.start(ticket)).toMatchObject({ type: 'session.ready' })
    const second = await connect(server.url, from())
    expect(await second.start(ticket)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
  })
})
