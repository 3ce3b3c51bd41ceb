import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { PresenceBoard, Sighting } from '../nodes/presence-board.js'
import type { MemberActor } from '../organizations/actor.js'
import { createManualClock } from './testing/manual-clock.js'
import { createMemoryBackend } from './testing/memory-backend.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { connectWebSocket, type TestClient } from './testing/test-client.js'

const SWEEP_MS = 2_000

const nodes: ServedRealtime[] = []
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close()
})

/** Every frame that was sent before has come. */
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const namesIn = (frame: { viewers: { name: string }[] }) => frame.viewers.map(({ name }) => name)
const told = (client: TestClient) =>
  client.frames.flatMap((frame) => (frame.type === 'conversation.viewers' ? [namesIn(frame)] : []))

/** One board for all nodes, on which each reads what the others have written. */
function sharedBoard() {
  const pages = new Map<symbol, Map<string, Sighting>>()
  return (): PresenceBoard => {
    const node = Symbol('node')
    const page = new Map<string, Sighting>()
    pages.set(node, page)
    return {
      async tell(movements) {
        for (const { organizationId, id, personId, away } of movements) {
          const key = `${organizationId} ${id} ${personId}`
          if (away === null) page.delete(key)
          else page.set(key, { organizationId, id, personId, away })
        }
      },
      find: async (places) =>
        [...pages].flatMap(([other, sightings]) =>
          other === node
            ? []
            : [...sightings.values()].filter((one) =>
                places.some(({ organizationId, id }) => one.organizationId === organizationId && one.id === id),
              ),
        ),
      close: async () => {},
    }
  }
}

/** Nodes on one backend, with a visitor's conversation. */
async function scene(count = 1) {
  const clock = createManualClock()
  const backend = createMemoryBackend(clock.now)
  const board = sharedBoard()
  for (let made = 0; made < count; made += 1) {
    const shared = count > 1 ? { presenceBoard: board(), sweepMs: SWEEP_MS, random: () => 0.5 } : {}
    nodes.push(await serveRealtime({ backend, clock, heartbeatMs: 3_600_000, ...shared }))
  }
  const visitor = backend.addVisitor()
  const conversationId = await backend.addConversation(visitor.actor, 1)
  const arrive = async (token: string, node = 0) => {
    const client = await connectWebSocket((nodes[node] as ServedRealtime).url)
    await client.start(token)
    return client
  }
  const watch = (client: TestClient, id = conversationId) =>
    client.ask({ type: 'conversation.watch', conversationId: id })
  const member = (name: string, facts: Partial<MemberActor> = {}) => backend.addMember({ name, ...facts })
  const connections = (left: number, node = 0) =>
    expect.poll(() => (nodes[node] as ServedRealtime).realtime.connections).toBe(left)
  return { clock, backend, visitor, conversationId, arrive, watch, member, connections }
}

it('[C21] agents who watch a conversation see each other, and nobody is told of themselves', async () => {
  const { conversationId, arrive, watch, member, backend } = await scene()
  const [asha, ravi] = [member('Asha'), member('Ravi')]
  const one = await arrive(asha.token)
  await watch(one)
  await settle(one)
  expect(told(one)).toEqual([])
  const two = await arrive(ravi.token)
  await watch(two)
  const viewers = [{ id: asha.actor.memberId, name: 'Asha' }]
  expect(await two.next('conversation.viewers')).toEqual({ type: 'conversation.viewers', conversationId, viewers })
  expect(namesIn(await one.next('conversation.viewers'))).toEqual(['Ravi'])
  const other = await backend.addConversation(backend.addVisitor().actor)
  await watch(two, other)
  await two.ask({ type: 'conversation.unwatch', conversationId })
  expect(namesIn(await one.next('conversation.viewers'))).toEqual([])
  await settle(two)
  expect(told(two)).toEqual([['Asha']])
})

it('[C21] [P1] a reload is no absence, a second tab no second person', async () => {
  const { clock, arrive, watch, member, connections } = await scene()
  const ravi = member('Ravi')
  const one = await arrive(member('Asha').token)
  await watch(one)
  const before = await arrive(ravi.token)
  await watch(before)
  expect(namesIn(await one.next('conversation.viewers'))).toEqual(['Ravi'])
  before.close()
  await connections(1)
  clock.advance(9_999)
  const after = await arrive(ravi.token)
  await watch(after)
  const further = await arrive(ravi.token)
  await watch(further)
  // Watched again on the same connection.
  await watch(after)
  after.close()
  await connections(2)
  clock.advance(60_000)
  await settle(one)
  expect(told(one)).toEqual([['Ravi']])
  further.close()
  await connections(1)
  clock.advance(10_000)
  expect(namesIn(await one.next('conversation.viewers'))).toEqual([])
})

it('[C21] who only reads sees the others and is not seen; no visitor and nobody elsewhere is told', async () => {
  const { arrive, watch, member, visitor, backend, conversationId } = await scene()
  const page = await arrive(visitor.token)
  const reader = await arrive(member('Rita', { role: 'client_user' }).token)
  await watch(reader)
  const stranger = await arrive(member('Eve', { organizationId: randomUUID() }).token)
  expect(await watch(stranger)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  const asha = await arrive(member('Asha').token)
  await watch(asha)
  expect(namesIn(await reader.next('conversation.viewers'))).toEqual(['Asha'])
  await backend.appendMessage(visitor.actor, { conversationId, clientMessageId: randomUUID(), parts: [] })
  for (const client of [page, stranger, asha]) {
    await settle(client)
    expect(told(client)).toEqual([])
  }
})

it('[C21] over nodes: who watches by another one is seen with the next look, and at once by whoever comes', async () => {
  const { clock, arrive, watch, member } = await scene(2)
  const one = await arrive(member('Asha').token, 0)
  await watch(one)
  const two = await arrive(member('Ravi').token, 1)
  await watch(two)
  // Each node tells, then hears.
  for (let looks = 0; looks < 3; looks += 1) {
    clock.advance(SWEEP_MS)
    await settle(one)
    await settle(two)
  }
  expect([told(one), told(two)]).toEqual([[['Ravi']], [['Asha']]])
  const three = await arrive(member('Tara').token, 0)
  await watch(three)
  expect(namesIn(await three.next('conversation.viewers')).sort()).toEqual(['Asha', 'Ravi'])
})

it('[C21] names that cannot be read cost nothing else, and come with the next change', async () => {
  const { arrive, watch, member, backend } = await scene()
  const { loadMemberNames } = backend
  backend.loadMemberNames = () => Promise.reject(new Error('away'))
  const one = await arrive(member('Asha').token)
  await watch(one)
  const ravi = await arrive(member('Ravi').token)
  await watch(ravi)
  await settle(one)
  expect(told(one)).toEqual([])
  expect(nodes[0]?.logged()).toContain('the names of members could not be read')
  backend.loadMemberNames = loadMemberNames
  await watch(await arrive(member('Tara').token))
  expect(namesIn(await one.next('conversation.viewers')).sort()).toEqual(['Ravi', 'Tara'])
})

it('[C21] [Y1] an agent who types is told to colleagues as by anybody', async () => {
  const { arrive, watch, member, conversationId } = await scene()
  const one = await arrive(member('Asha').token)
  await watch(one)
  const ravi = member('Ravi')
  const two = await arrive(ravi.token)
  await watch(two)
  two.send({ type: 'typing.set', conversationId, active: true })
  expect(await one.next('typing.changed')).toMatchObject({ active: true, author: { id: ravi.actor.memberId } })
})
