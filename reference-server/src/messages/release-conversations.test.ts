import { randomUUID } from 'node:crypto'
import type { MemberRole, ServerFrame } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMembersScene, type MembersScene } from '../organizations/testing/members-scene.js'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'

type Joined = Awaited<ReturnType<MembersScene['join']>>

const say = (conversationId: string, text: string) => ({
  ...{ type: 'message.send', conversationId, clientMessageId: randomUUID() },
  parts: [{ type: 'text', text }],
})

/** The log as its history tells it. */
async function logOf(client: TestClient, conversationId: string) {
  const history = await client.ask({ type: 'history.load', conversationId, limit: 50 })
  return history.type === 'history.page' ? history.events : []
}

/** The inbox row of a conversation, once it stands so; those before it were on their way. */
async function rowOnceIn(client: TestClient, conversationId: string, status: string) {
  for (;;) {
    const { conversation } = await client.next('inbox.changed')
    if (conversation.id === conversationId && conversation.status === status) return conversation
  }
}

describe.each(TEST_DATABASES)('conversations of an agent who goes, on %s', (kind) => {
  let scene: MembersScene
  let organizationId: string
  let widget: { widgetId: string; key: string }
  let admin: Joined
  let agent: Joined
  beforeAll(async () => {
    scene = await createMembersScene({ kind })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    organizationId = (await scene.found()).organizationId
    admin = await scene.join(organizationId, 'client_admin')
    agent = await scene.join(organizationId, 'agent')
    const allowedOrigins = [scene.server.origin]
    widget = await scene.server.chat.api.createWidget({ organizationId, name: 'Acme chat', allowedOrigins })
  })

  const connect = async (token: string, server: TestServer = scene.server, facts = {}) => {
    const client = await connectWebSocket(server.url, { origin: server.origin })
    expect(await client.start(token, facts)).toMatchObject({ type: 'session.ready' })
    return client
  }
  const connectMember = async (member: Joined) => connect(await scene.server.ticket(member))
  /** A visitor whom the agent has answered. */
  const converse = async () => {
    const tabId = `tab-${randomUUID()}`
    const { token } = await scene.server.initVisitor({ widgetKey: widget.key, tabId })
    const visitor = await connect(token, scene.server, { tabId })
    const started = await visitor.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
    await visitor.ask(say(conversationId, 'Hello?'))
    const answerer = await connectMember(agent)
    expect(await answerer.ask(say(conversationId, 'Hello.'))).toMatchObject({ ok: true, seq: 3 })
    expect(await visitor.next('conversation.changed')).toMatchObject({ seq: 2, status: 'assigned' })
    return { visitor, conversationId }
  }
  const waits = () => ({
    ...{ type: 'conversation.changed', seq: 4, status: 'waiting', agent: null },
    author: { kind: 'system', id: widget.widgetId, name: 'Acme chat' },
  })
  const demote = (role: MemberRole) =>
    scene.call('PATCH', `/api/chat-widget/members/${agent.id}`, { as: admin, body: { role } })
  const ways: [string, () => Promise<{ status: number }>][] = [
    ['removed', () => scene.call('DELETE', `/api/chat-widget/members/${agent.id}`, { as: admin })],
    ['one who reads only', () => demote('client_user')],
  ]

  it.each(ways)('[C8] wait again when that agent is %s: visitors, agents and logs are told', async (_name, take) => {
    const { visitor, conversationId } = await converse()
    const other = await connectMember(await scene.join(organizationId, 'agent'))
    expect(await other.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({
      conversations: [{ id: conversationId, status: 'assigned', agent: { id: agent.id } }],
    })
    const watched = await other.ask({ type: 'conversation.watch', conversationId })
    expect(watched).toMatchObject({ sync: { headSeq: 3, status: 'assigned' } })
    expect((await take()).status).toBeLessThan(300)

    expect(await visitor.next('conversation.changed')).toMatchObject(waits())
    expect(await other.next('conversation.changed')).toMatchObject(waits())
    const changed = await rowOnceIn(other, conversationId, 'waiting')
    expect(changed).toMatchObject({ agent: null, headSeq: 4 })
    expect((await logOf(visitor, conversationId)).at(-1)).toMatchObject(waits())
    // Whoever answers next is in charge, as at the first time (C3).
    expect(await other.ask(say(conversationId, 'I am here.'))).toMatchObject({ ok: true, seq: 6 })
    expect(await visitor.next('conversation.changed')).toMatchObject({ seq: 5, status: 'assigned' })
  })

  it('[C8] stay with an agent who becomes an admin', async () => {
    const { visitor, conversationId } = await converse()
    expect((await demote('client_admin')).status).toBe(200)
    expect(await logOf(visitor, conversationId)).toHaveLength(3)
  })

  it.each(ways)('[C8] [C5] that are over wait when they are reopened, when that agent is %s', async (_name, take) => {
    const { visitor, conversationId } = await converse()
    expect(await visitor.ask({ type: 'conversation.end', conversationId })).toMatchObject({ ok: true })
    const other = await connectMember(await scene.join(organizationId, 'agent'))
    await other.ask({ type: 'inbox.load', limit: 10 })
    expect((await take()).status).toBeLessThan(300)
    expect(await rowOnceIn(other, conversationId, 'resolved')).toMatchObject({ agent: null, headSeq: 4 })
    expect(await visitor.ask(say(conversationId, 'One more thing'))).toMatchObject({ ok: true, seq: 6 })
    const log = await logOf(visitor, conversationId)
    expect(log.slice(3)).toMatchObject([
      { seq: 4, status: 'resolved' },
      { seq: 5, status: 'waiting', agent: null },
      { seq: 6, type: 'message.created' },
    ])
  })

  it('[C8] [Q1] keep logs without holes while everybody is writing', async () => {
    const { visitor, conversationId } = await converse()
    const admins = await connectMember(admin)
    const writes = Array.from({ length: 20 }, (_, index) => visitor.ask(say(conversationId, `${index}`)))
    const removal = ways[0]?.[1]()
    const more = Array.from({ length: 20 }, (_, index) => admins.ask(say(conversationId, `${index}`)))
    expect((await removal)?.status).toBe(204)
    const last = admins.ask(say(conversationId, 'the last'))
    for (const answer of await Promise.all([...writes, ...more, last])) expect(answer).toMatchObject({ ok: true })
    const log = await logOf(admins, conversationId)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    // Two were in charge, one after the other.
    expect(log.filter(isStatus)).toMatchObject([{ status: 'assigned' }, { status: 'waiting' }, { status: 'assigned' }])
    await expect.poll(() => eventsOf(visitor).length).toBe(log.length)
    expect(eventsOf(visitor)).toEqual(log)
  })
})

it('[C8] another node tells its visitors, whom the removal has reached by the database alone', async () => {
  const scene = await createMembersScene({ kind: 'Postgres' })
  const beside = await createTestServer({ beside: scene.server, sweepMs: 50 })
  const agent = await scene.server.signIn('agent')
  const { token } = await beside.initVisitor()
  const visitor = await connectWebSocket(beside.url, { origin: beside.origin })
  await visitor.start(token)
  const started = await visitor.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
  const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
  const answerer = await connectWebSocket(scene.server.url, { origin: scene.server.origin })
  await answerer.start(await scene.server.ticket(agent))
  expect(await answerer.ask(say(conversationId, 'Hello.'))).toMatchObject({ ok: true, seq: 2 })
  expect(await visitor.next('conversation.changed')).toMatchObject({ status: 'assigned' })
  const { organization, member } = agent.current
  await scene.server.chat.api.removeMember({ organizationId: organization.id, memberId: member.id })
  expect(await visitor.next('conversation.changed')).toMatchObject({ seq: 3, status: 'waiting', agent: null })
  await beside.close()
  await scene.close()
})

const isStatus = (frame: ServerFrame) => frame.type === 'conversation.changed'
const eventsOf = (client: TestClient) =>
  client.frames.filter((frame) => frame.type === 'message.created' || isStatus(frame))
