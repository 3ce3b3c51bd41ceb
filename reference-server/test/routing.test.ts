import { randomUUID } from 'node:crypto'
import type { TeamMember } from '@chatdesk/protocol'
import { listQueueResponse, listTeamResponse, queuePlaceResponse } from '@chatdesk/protocol/schemas'
import { createTestServer, type TestMember, type TestServer } from '@chatdesk/server/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectWebSocket, type TestClient } from '../src/realtime/testing/test-client.js'

const servers: TestServer[] = []
const clients: TestClient[] = []
/** Moves the server's clock ahead. */
let ahead = 0
let agent: TestMember
let owner: TestMember
let viewer: TestMember

/** Two nodes on one Postgres: agents and visitors are on both. */
beforeAll(async () => {
  const clock = () => new Date(Date.now() + ahead)
  const first = await createTestServer({ kind: 'Postgres', sweepMs: 200, clock })
  servers.push(first, await createTestServer({ beside: first, sweepMs: 200, clock }))
  agent = await first.signIn('agent')
  owner = await first.signIn('client_admin')
  viewer = await first.signIn('client_user')
})
afterAll(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const server of servers.splice(0).reverse()) await server.close()
})

const node = (index: number) => servers[index % servers.length] as TestServer
const call = async (method: string, path: string, member: TestMember, body?: unknown) => {
  const { url, origin } = node(0)
  const answer = await fetch(`${url}/api/chat-widget${path}`, {
    method,
    headers: { origin, 'content-type': 'application/json', ...member.headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() }
}
const team = async () => listTeamResponse.parse((await call('GET', '/team', viewer)).body).team
const teammate = async (member: TestMember) =>
  (await team()).find(({ id }) => id === member.current.member.id) as TeamMember
const comeIn = async (member: TestMember, index: number) => {
  const { url, origin } = node(index)
  const client = await connectWebSocket(url, { origin })
  clients.push(client)
  await client.start(await node(index).ticket(member))
  return client
}
/** A visitor over a socket, with a question. */
const ask = async (index: number) => {
  // The demo's widget allows the pages of whoever was started last.
  const { origin } = node(1)
  const { token } = await node(1).initVisitor()
  const client = await connectWebSocket(node(index).url, { origin })
  clients.push(client)
  await client.start(token)
  const started = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
  const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
  const say = () =>
    client.ask({
      ...{ type: 'message.send', conversationId, clientMessageId: randomUUID() },
      parts: [{ type: 'text', text: 'Is anybody there?' }],
    })
  await say()
  const place = async () => {
    const answer = await node(1).get(`/api/widget/conversations/${conversationId}/queue`, {
      ...{ authorization: `Bearer ${token}`, origin },
    })
    return queuePlaceResponse.parse(await answer.json()).queue
  }
  return { client, conversationId, say, place }
}
const agentOf = async (conversationId: string) =>
  (await call('GET', `/conversations/${conversationId}`, viewer)).body.conversation.agent?.id ?? null

it('[L2] [L4] [L6] a team of two and five visitors, over sockets to two nodes', async () => {
  const [agentId, ownerId] = [agent.current.member.id, owner.current.member.id]
  const waiting: Awaited<ReturnType<typeof ask>>[] = []
  for (let index = 0; index < 5; index++) waiting.push(await ask(index))
  expect(await waiting[4]?.place()).toEqual({ position: 5, waitSeconds: null })
  const queue = listQueueResponse.parse((await call('GET', '/queue?limit=2', viewer)).body)
  expect(queue).toMatchObject({ queue: [{ position: 1 }, { position: 2 }], nextCursor: '2' })
  expect(queue.queue[0]).toMatchObject({ conversationId: waiting[0]?.conversationId, priority: 'normal' })
  const rest = listQueueResponse.parse((await call('GET', '/queue?cursor=2', viewer)).body)
  expect(rest.queue.map(({ position }) => position)).toEqual([3, 4, 5])

  const settings = { assignment: 'automatic', capacity: 2, rerouteAfterSeconds: 10 }
  expect((await call('PATCH', '/routing', owner, settings)).body).toEqual({ routing: settings })
  const onFirst = await comeIn(agent, 0)
  await comeIn(owner, 1)
  await expect
    .poll(() => team().then((all) => all.map(({ load }) => load).sort()), { timeout: 10_000 })
    .toEqual([0, 2, 2])
  const changed = await waiting[0]?.client.next('conversation.changed')
  expect(changed).toMatchObject({ status: 'assigned', author: { kind: 'system' } })
  const given = await Promise.all(waiting.map(({ conversationId }) => agentOf(conversationId)))
  // First come, first served: whoever was last waits on.
  expect(given.map((id) => id !== null)).toEqual([true, true, true, true, false])
  await expect.poll(() => waiting[4]?.place(), { timeout: 10_000 }).toMatchObject({ position: 1 })

  // Somebody whose page is loaded anew is not gone.
  onFirst.close()
  const again = await comeIn(agent, 1)
  const own = given.indexOf(agentId)
  expect(await agentOf(waiting[own]?.conversationId ?? '')).toBe(agentId)

  again.close()
  await expect.poll(async () => (await teammate(agent)).online, { timeout: 30_000 }).toBe(false)
  await call('PATCH', '/routing', owner, { capacity: 9 })
  await expect
    .poll(
      async () => {
        ahead += 4_000
        return Promise.all(waiting.map(({ conversationId }) => agentOf(conversationId)))
      },
      { timeout: 20_000, interval: 1_000 },
    )
    .toEqual(waiting.map(() => ownerId))
  expect(await teammate(agent)).toMatchObject({ load: 0, online: false })
  expect(await waiting[4]?.place()).toBeNull()
}, 90_000)

it('[L5] whoever is away may say until when, to come and within twelve hours; it is gone when they are back', async () => {
  const own = `/team/${agent.current.member.id}`
  const inMinutes = (minutes: number) => new Date(Date.now() + ahead + minutes * 60_000).toISOString()
  const backAt = inMinutes(30)
  const said = await call('PATCH', own, agent, { availability: 'away', backAt })
  expect(said.body).toMatchObject({ member: { availability: 'away', backAt } })
  expect(await teammate(agent)).toEqual(said.body.member)
  for (const body of [
    { availability: 'away', backAt: inMinutes(-1) },
    { availability: 'away', backAt: inMinutes(12 * 60 + 5) },
    { availability: 'away', backAt: 'soon' },
    { availability: 'available', backAt },
    { backAt },
  ])
    expect(await call('PATCH', own, agent, body)).toMatchObject({
      status: 422,
      body: { error: { code: 'VALIDATION_FAILED', field: 'backAt' } },
    })
  expect(await teammate(agent)).toMatchObject({ availability: 'away', backAt })
  // Later is as good as sooner; and what is past nobody is told.
  await call('PATCH', own, agent, { availability: 'away', backAt: inMinutes(45) })
  ahead += 31 * 60_000
  expect(await teammate(agent)).toMatchObject({ availability: 'away', backAt: expect.any(String) })
  ahead += 15 * 60_000
  expect(await teammate(agent)).toMatchObject({ availability: 'away', backAt: null })
  await call('PATCH', own, agent, { availability: 'away', backAt: inMinutes(5) })
  expect((await call('PATCH', own, agent, { availability: 'away' })).body).toMatchObject({ member: { backAt: null } })
  await call('PATCH', own, agent, { availability: 'away', backAt: inMinutes(5) })
  expect((await call('PATCH', own, agent, { availability: 'available', backAt: null })).body).toMatchObject({
    member: { availability: 'available', backAt: null },
  })
})

it('[L5] members say themselves whether they are available; all else, and of others, admins settle', async () => {
  const of = (member: TestMember) => `/team/${member.current.member.id}`
  expect((await call('PATCH', of(agent), agent, { availability: 'away' })).body).toMatchObject({
    member: { availability: 'away', capacity: null },
  })
  for (const [path, body] of [
    [of(agent), { capacity: 3 }],
    [of(agent), { departmentIds: [] }],
    [of(owner), { availability: 'away' }],
  ] as const)
    expect(await call('PATCH', path, agent, body)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    })
  const { body: made } = await call('POST', '/departments', owner, { name: `Sales ${randomUUID().slice(0, 8)}` })
  const departmentIds = [made.department.id]
  const settled = await call('PATCH', of(agent), owner, { availability: 'available', capacity: 0, departmentIds })
  expect(settled.body).toMatchObject({ member: { availability: 'available', capacity: 0, departmentIds } })
  expect(await teammate(agent)).toEqual(settled.body.member)
  const [, entry] = (await call('GET', '/audit', owner)).body.entries
  expect([entry, (await call('GET', '/audit', owner)).body.entries[0]]).toContainEqual(
    expect.objectContaining({ action: 'team.update' }),
  )
  const unknown = await call('PATCH', of(agent), owner, { departmentIds: [randomUUID()] })
  expect(unknown).toMatchObject({ status: 422, body: { error: { field: 'departmentIds' } } })
  expect(await call('PATCH', `/team/${viewer.current.member.id}`, owner, { capacity: 1 })).toMatchObject({
    status: 404,
  })
  expect(await call('PATCH', '/routing', agent, { capacity: 1 })).toMatchObject({ status: 403 })
  expect(await call('PATCH', '/routing', owner, { capacity: 0 })).toMatchObject({ status: 422 })
})
