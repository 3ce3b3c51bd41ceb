import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { createTestServer, type TestServer, type TestServerOptions } from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ProvidedRedis, provideRedis } from '../../scripts/test-environment/provide-redis.js'
import { connectWebSocket, type TestClient } from '../src/realtime/testing/test-client.js'

/** So seldom that no test sees one. */
const NEVER_MS = 3_600_000

let redis: ProvidedRedis
beforeAll(async () => {
  redis = await provideRedis()
}, 300_000)
afterAll(() => redis.stop())

const servers: TestServer[] = []
const clients: TestClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const server of servers.splice(0).reverse()) await server.close()
})

const say = (conversationId: string, text: string) => ({
  type: 'message.send',
  conversationId,
  clientMessageId: randomUUID(),
  parts: [{ type: 'text', text }],
})
const eventsOf = (client: TestClient) =>
  client.frames.flatMap((frame) =>
    frame.type === 'message.created' || frame.type === 'conversation.changed' ? [frame] : [],
  )
const seqsOf = (client: TestClient) => eventsOf(client).map(({ seq }) => seq)
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const hintsOf = async (server: TestServer) => JSON.parse(await (await server.get('/readyz')).text()).hints

/** Two nodes on one Postgres: a visitor on the first, an agent on the second. */
const scene = async (options: TestServerOptions = {}) => {
  const first = await createTestServer({ kind: 'Postgres', ...options })
  servers.push(first)
  const second = await createTestServer({ beside: first, ...options })
  servers.push(second)
  if (options.redisUrl) for (const server of servers) await expect.poll(() => hintsOf(server)).toBe('connected')

  const agent = await connectWebSocket(second.url, { origin: second.origin })
  clients.push(agent)
  await agent.start(await second.ticket(await second.signIn('agent')))
  await agent.ask({ type: 'inbox.load', limit: 10 })
  const { token } = await second.initVisitor()
  const visitor = await connectWebSocket(first.url, { origin: second.origin })
  clients.push(visitor)
  await visitor.start(token)
  const started = await visitor.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
  const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
  const rowOf = async (matches: (row: Extract<ServerFrame, { type: 'inbox.changed' }>['conversation']) => boolean) => {
    let { conversation } = await agent.next('inbox.changed')
    while (conversation.id !== conversationId || !matches(conversation))
      conversation = (await agent.next('inbox.changed')).conversation
    return conversation
  }
  return { first, second, agent, visitor, conversationId, rowOf }
}
type Scene = Awaited<ReturnType<typeof scene>>

/** Everything that goes from a visitor on one node to an agent on another, and back. */
const converse = async ({ agent, visitor, conversationId, rowOf }: Scene) => {
  await visitor.ask(say(conversationId, 'Is my order on its way?'))
  expect(await rowOf(({ headSeq }) => headSeq === 1)).toMatchObject({
    unread: 1,
    lastMessage: { text: 'Is my order on its way?' },
  })
  expect(await agent.ask({ type: 'conversation.watch', conversationId })).toMatchObject({ sync: { headSeq: 1 } })

  await agent.ask({ type: 'message.markRead', conversationId, upToSeq: 1 })
  expect(await visitor.next('message.read')).toMatchObject({ reader: 'team', upToSeq: 1 })
  await agent.ask(say(conversationId, 'It left this morning.'))
  expect(await visitor.next('conversation.changed')).toMatchObject({ seq: 2, status: 'assigned' })
  await visitor.ask({ type: 'message.markRead', conversationId, upToSeq: 3 })
  expect(await agent.next('message.read')).toMatchObject({ reader: 'team', upToSeq: 1 })
  expect(await agent.next('message.read')).toMatchObject({ reader: 'visitor', upToSeq: 3 })
  await visitor.ask(say(conversationId, 'Thank you!'))
  await visitor.ask({ type: 'conversation.end', conversationId })
  expect(await rowOf(({ status }) => status === 'resolved')).toMatchObject({ headSeq: 5 })
  await expect.poll(() => seqsOf(agent)).toEqual([2, 3, 4, 5])
  expect(seqsOf(visitor)).toEqual([1, 2, 3, 4, 5])
}

describe('two nodes on one database', () => {
  it('converse by hints over Redis', async () => {
    const nodes = await scene({ redisUrl: redis.url, redisHintSecret: 'sixteen letters!', sweepMs: NEVER_MS })
    await converse(nodes)
  })

  it('converse without Redis, by their sweeps', async () => {
    const nodes = await scene({ sweepMs: 50 })
    expect(await hintsOf(nodes.first)).toBe('none')
    await converse(nodes)
  })

  it('converse while Redis is away, by their sweeps', async () => {
    const redisGone = await provideRedis()
    const nodes = await scene({ redisUrl: redisGone.url, sweepMs: 50 })
    await redisGone.stop()
    for (const server of servers) await expect.poll(() => hintsOf(server)).toBe('disconnected')
    await converse(nodes)
  }, 60_000)

  it('[Y1] see who types at the other, and that it has stopped', async () => {
    const { agent, visitor, conversationId } = await scene({ redisUrl: redis.url, sweepMs: NEVER_MS })
    await agent.ask({ type: 'conversation.watch', conversationId })
    visitor.send({ type: 'typing.set', conversationId, active: true })
    expect(await agent.next('typing.changed')).toMatchObject({ active: true, author: { kind: 'visitor' } })
    agent.send({ type: 'typing.set', conversationId, active: true })
    expect(await visitor.next('typing.changed')).toMatchObject({
      active: true,
      author: { kind: 'agent', name: 'Asha Rao' },
    })
    agent.send({ type: 'typing.set', conversationId, active: false })
    expect(await visitor.next('typing.changed')).toMatchObject({ active: false })
    await visitor.ask(say(conversationId, 'done'))
    expect(await agent.next('typing.changed')).toMatchObject({ active: false })
  })

  it('[P2] [P3] know without Redis who is at the other, at once and when it changes', async () => {
    const { first, second, agent, visitor, conversationId } = await scene({ sweepMs: 50 })
    await expect
      .poll(() => agent.ask({ type: 'conversation.watch', conversationId }))
      .toMatchObject({ presence: 'online' })
    const arrive = async () => {
      const { token } = await second.initVisitor()
      const client = await connectWebSocket(first.url, { origin: second.origin })
      clients.push(client)
      return await client.start(token)
    }
    await expect.poll(arrive).toMatchObject({ team: { online: true, agent: false } })
    visitor.send({ type: 'activity.set', active: false })
    await expect.poll(() => agent.frames).toContainEqual({ type: 'visitor.presence', conversationId, presence: 'away' })
    await agent.ask(say(conversationId, 'Still there?'))
    await expect
      .poll(() => visitor.frames)
      .toContainEqual({
        type: 'team.presence',
        team: { online: true, agent: true },
      })
  })

  it('[P1] take those of a node that was killed for gone when its lease has run out', async () => {
    const { first, agent, conversationId } = await scene({ sweepMs: 50 })
    await expect
      .poll(() => agent.ask({ type: 'conversation.watch', conversationId }))
      .toMatchObject({ presence: 'online' })
    await sql`update presence_nodes set until = now() where id in (select node_id from presence where place_id = ${conversationId}::uuid)`.execute(
      first.database.system,
    )
    await expect
      .poll(() => agent.frames)
      .toContainEqual({ type: 'visitor.presence', conversationId, presence: 'offline' })
  })

  describe.each([true, false])('and one widget, with Redis: %s', (withRedis) => {
    const change = async (input: Parameters<TestServer['chat']['api']['updateWidget']>[0] | object) => {
      const nodes = await scene({ sweepMs: NEVER_MS, ...(withRedis ? { redisUrl: redis.url } : {}) })
      const { second, visitor } = nodes
      const { organizationId, widgetId } = await second.database.system
        .selectFrom('widgets')
        .select(['organization_id as organizationId', 'id as widgetId'])
        .where('key', '=', 'wk_demo')
        .executeTakeFirstOrThrow()
      // The visitor is at the first.
      await second.chat.api.updateWidget({ organizationId, widgetId, ...input })
      return visitor
    }
    const lastOf = ({ frames }: TestClient) => frames.at(-1)

    it('[G1] tell each other of what is shown', async () => {
      const visitor = await change({ settings: { greeting: 'Good evening' } })
      const ready = visitor.frames.find(({ type }) => type === 'session.ready')
      const { widgetVersion } = await visitor.next('widget.changed')
      expect(widgetVersion).not.toBe(ready && 'widgetVersion' in ready && ready.widgetVersion)
    })

    it('[G2] end at both what is switched off, and what is taken off the list', async () => {
      const off = await change({ enabled: false })
      await off.closed
      expect(lastOf(off)).toMatchObject({ type: 'session.ended', error: { code: 'FORBIDDEN' } })
      const foreign = await change({ allowedOrigins: ['https://elsewhere.example'] })
      await foreign.closed
      expect(lastOf(foreign)).toMatchObject({ type: 'session.ended', error: { code: 'FORBIDDEN_ORIGIN' } })
    })
  })

  it('lose nothing while Redis is killed: what was not told comes with the next that is', async () => {
    const { first, second, agent, visitor, conversationId } = await scene({ redisUrl: redis.url, sweepMs: NEVER_MS })
    await agent.ask({ type: 'conversation.watch', conversationId })
    await visitor.ask(say(conversationId, 'before'))
    await expect.poll(() => seqsOf(agent)).toEqual([1])
    await redis.kill()
    for (const server of [first, second]) await expect.poll(() => hintsOf(server)).toBe('disconnected')
    await Promise.all(Array.from({ length: 30 }, (_, index) => visitor.ask(say(conversationId, `unheard ${index}`))))
    await settle(agent)
    expect(seqsOf(agent)).toEqual([1])
    await redis.restart()
    for (const server of [first, second]) await expect.poll(() => hintsOf(server)).toBe('connected')
    await visitor.ask(say(conversationId, 'after'))
    await expect.poll(() => eventsOf(agent)).toEqual(eventsOf(visitor))
    expect(seqsOf(agent)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1))
  })

  it('write into one conversation at the same time: both see one log, whole and in order', async () => {
    const { agent, visitor, conversationId } = await scene({ redisUrl: redis.url, sweepMs: 50 })
    await agent.ask({ type: 'conversation.watch', conversationId })
    const both = [visitor, agent].flatMap((client) =>
      Array.from({ length: 40 }, (_, index) => client.ask(say(conversationId, `line ${index}`))),
    )
    for (const answer of await Promise.all(both)) expect(answer).toMatchObject({ ok: true })
    const whole = Array.from({ length: 81 }, (_, index) => index + 1)
    for (const client of [visitor, agent]) await expect.poll(() => seqsOf(client)).toEqual(whole)
    expect(eventsOf(agent)).toEqual(eventsOf(visitor))
  })
})
