import { afterEach, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { connectWebSocket } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

it('threat 33: [S6] a member whose sign-in has fallen is out long before the heartbeat, and nobody else is', async () => {
  const clock = createManualClock()
  served = await serveRealtime({ clock })
  const { backend } = served
  const members = [backend.addMember(), backend.addMember()]
  const clients = []
  for (const { token } of members) {
    const client = await connectWebSocket(served.url)
    await client.start(token)
    clients.push(client)
  }
  const visitor = await connectWebSocket(served.url)
  await visitor.start(backend.addVisitor().token)
  const [gone, kept] = clients
  if (!members[0] || !gone || !kept) throw new Error('nobody is there')
  backend.revoke(members[0].actor)
  clock.advance(2_000)
  expect(await gone.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
  expect(await gone.closed).toBe(4001)
  for (const client of [kept, visitor]) {
    client.send({ type: 'ping' })
    await client.next('heartbeat')
  }
})

it('asks nothing while no member is connected, and ends nobody while it cannot ask', async () => {
  const clock = createManualClock()
  served = await serveRealtime({ clock })
  const { backend } = served
  let asked = 0
  backend.findStandingMembers = async () => {
    asked += 1
    throw new Error('the database is away')
  }
  const visitor = await connectWebSocket(served.url)
  await visitor.start(backend.addVisitor().token)
  clock.advance(2_000)
  expect(asked).toBe(0)
  // The next look is set when this one has ended.
  await new Promise(setImmediate)
  const member = await connectWebSocket(served.url)
  await member.start(backend.addMember().token)
  clock.advance(2_000)
  expect(asked).toBe(1)
  member.send({ type: 'ping' })
  await member.next('heartbeat')
  expect(served.logged()).toContain('the sign-ins of connected members could not be checked')
})
