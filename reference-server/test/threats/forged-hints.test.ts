import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProvidedRedis, provideRedis } from '../../../scripts/test-environment/provide-redis.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, heard, type Scene, say } from './scene.js'

const FORGED = 'forged by whoever can write to Redis'
/** Where nodes listen, and where those of other servers do. */
const CHANNELS = ['chatdesk:hints', 'chatdesk', 'socket.io#/#', 'socket.io-request#/#']

let redis: ProvidedRedis
let scene: Scene
let other: TestServer
beforeAll(async () => {
  redis = await provideRedis()
  // So seldom that no test sees a sweep: what comes, comes by a hint.
  const nodes = { redisUrl: redis.url, sweepMs: 3_600_000 }
  other = await createTestServer({ kind: 'Postgres', ...nodes })
  scene = await createScene({ beside: other, ...nodes })
}, 300_000)
afterAll(async () => {
  await scene.close()
  await other.close()
  await redis.stop()
})

/** Publishes as somebody else on this Redis. */
function publish(messages: readonly (readonly [channel: string, text: string])[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(redis.url).port), '127.0.0.1')
    let answered = 0
    socket.once('error', reject)
    socket.on('data', (data) => {
      answered += String(data).split('\r\n').length - 1
      if (answered < messages.length) return
      socket.destroy()
      resolve()
    })
    for (const args of messages.map((message) => ['PUBLISH', ...message]))
      socket.write(`*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`)
  })
}

it('threat 44: forged hints and packets deliver no content, raise no head, and stop no true one', async () => {
  const hintsOf = async (server: TestServer) => JSON.parse(await (await server.get('/readyz')).text()).hints
  for (const server of [scene.server, other]) await expect.poll(() => hintsOf(server)).toBe('connected')
  const visitor = await scene.visitor(connectWebSocket, ['one', 'two'])
  const { conversationId, client } = visitor
  const agent = await scene.agent()
  await agent.ask({ type: 'inbox.load', limit: 10 })
  await agent.ask({ type: 'conversation.watch', conversationId })
  const { current } = await scene.server.signIn('agent')
  const where = { organizationId: current.organization.id, conversationId }
  const event = {
    ...{ type: 'message.created', id: randomUUID(), conversationId, seq: 3, createdAt: new Date(0).toISOString() },
    ...{ author: { kind: 'agent', name: 'Asha Rao' }, clientMessageId: randomUUID() },
    parts: [{ type: 'text', text: FORGED }],
  }
  const changed = { type: 'conversation.changed', ...where }
  const texts = [
    { node: 'forger', hints: [{ ...changed, headSeq: 99, events: [event], reads: { visitor: 99, team: 99 } }] },
    { node: 'forger', hints: [{ ...changed, ...event, type: 'message.created' }] },
    {
      node: 'forger',
      hints: [
        { ...changed, organizationId: randomUUID() },
        { ...changed, conversationId: randomUUID() },
      ],
    },
    { node: 'forger', hints: [event, changed, { ...changed, type: 'session.ended' }] },
    { node: 'forger', hints: Array.from({ length: 1000 }, () => changed) },
    event,
    [event],
    ['uid', { type: 2, nsp: '/', data: ['frame', JSON.stringify(event)] }, { rooms: [conversationId] }],
    FORGED,
  ].map((message) => (typeof message === 'string' ? message : JSON.stringify(message)))
  await publish(CHANNELS.flatMap((channel) => texts.map((text) => [channel, text] as const)))

  // Another node's word takes the same way, behind all that was forged.
  const elsewhere = await connectWebSocket(other.url, { origin: other.origin })
  await elsewhere.start(await other.ticket(await other.signIn('agent')))
  expect(await elsewhere.ask(say(conversationId, 'truly said'))).toMatchObject({ ok: true, seq: 4 })
  for (const each of [client, agent]) {
    await expect.poll(() => heard(each)).toContain('truly said')
    each.send({ type: 'ping' })
    expect(await each.next('heartbeat')).toMatchObject({ heads: { [conversationId]: 4 } })
    expect(heard(each)).not.toContain(FORGED)
  }
  elsewhere.close()
})
