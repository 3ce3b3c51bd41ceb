import { PRIORITY_STEP_MS, type RoutingSettings } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createChangeFeed, createMessageLog } from '../messages/index.js'
import { createIdGenerator } from '../platform/ids.js'
import { silentLogger } from '../platform/logger.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createLine } from './line.js'
import { loadQueue } from './load-queue.js'
import { compareQueued } from './queue-order.js'
import { createRouting, type Routing } from './routing.js'
import { updateRouting } from './routing-settings.js'
import { type TeammateUpdate, updateTeammate } from './team.js'

const AUTOMATIC: RoutingSettings = { assignment: 'automatic', capacity: 2, rerouteAfterSeconds: 60 }

describe.each(TEST_DATABASES)('who gets what waits, on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let there: Set<string>
  let context: Parameters<typeof createRouting>[0]
  let routing: Routing

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  beforeEach(async () => {
    tenant = await createTenant(test.database)
    const { messages } = tenant
    there = new Set()
    context = {
      ...{ database: test.database, messages, logger: silentLogger, clock: () => tenant.now.value },
      changes: createChangeFeed(() => {}),
      whoIsThere: async () => there,
    }
    routing = createRouting(context)
    await settle(AUTOMATIC)
    return () => routing.close()
  })

  const settle = (settings: Partial<RoutingSettings>) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateRouting(transaction, tenant.organizationId, settings),
    )
  const change = (memberId: string, update: TeammateUpdate) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateTeammate(
        transaction,
        { organizationId: tenant.organizationId, memberId, now: tenant.now.value },
        update,
        () => {},
      ),
    )
  const later = (ms: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + ms)
  }
  const say = (conversationId: string, id: string, who: 'visitor' | 'agent' = 'visitor') =>
    tenant.messages.append({
      ...{ organizationId: tenant.organizationId, conversationId, ownerSessionId: null },
      ...{ author: { kind: who, id, name: 'N' }, clientMessageId: tenant.clientId() },
      parts: [{ type: 'text', text: 'Hello?' }],
    })
  /** A conversation in which somebody waits from now on. */
  const wait = async (columns: { priority?: number; department_id?: string } = {}) => {
    const visitor = await tenant.addVisitor()
    const id = await tenant.addConversation(visitor)
    await say(id, visitor.visitorId)
    if (Object.keys(columns).length > 0)
      await test.database.system.updateTable('conversations').set(columns).where('id', '=', id).execute()
    later(1_000)
    return { id, visitorId: visitor.visitorId }
  }
  const agentOf = async (id: string) => {
    const row = await test.database.system
      .selectFrom('conversations')
      .select(['status', 'agent_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.status === 'assigned' ? row.agent_id : row.status
  }
  const comeIn = async () => {
    const { memberId } = await tenant.addMember()
    there.add(memberId)
    return memberId
  }
  const addDepartment = async (id: string) => {
    const { organizationId } = tenant
    await test.database.system
      .insertInto('departments')
      .values({ organization_id: organizationId, id, name: id, description: '', created_at: tenant.now.value })
      .execute()
    return id
  }

  it('[L2] gives what waits to who is there and available, as much as they take, in the name of the widget', async () => {
    const [ana, ben] = [await comeIn(), await comeIn()]
    const gone = await tenant.addMember()
    const away = await comeIn()
    await change(away, { availability: 'away' })
    await change(ben, { capacity: 1 })
    const waiting = [await wait(), await wait(), await wait(), await wait()]
    await routing.sweep()
    const given = await Promise.all(waiting.map(({ id }) => agentOf(id)))
    expect(given).toEqual([ana, ben, ana, 'waiting'])
    expect(given).not.toContain(gone.memberId)
    const told = tenant.changes.flatMap(({ events }) => events).filter(({ type }) => type === 'conversation.changed')
    expect(told).toHaveLength(3)
    expect(told[0]).toMatchObject({ status: 'assigned', agent: { id: ana }, author: { kind: 'system', name: 'Acme' } })
  })

  it('[L2] gives a department’s to its members, and nothing holds up what is behind it', async () => {
    const [ana, ben] = [await comeIn(), await comeIn()]
    const [sales, help] = [
      await addDepartment('00000000-0000-7000-8000-0000000000a1'),
      await addDepartment('00000000-0000-7000-8000-0000000000a2'),
    ]
    const nobody = await tenant.addMember()
    await change(nobody.memberId, { departmentIds: [sales] })
    await change(ben, { departmentIds: [help] })
    const waiting = [
      ...[await wait({ department_id: sales }), await wait({ department_id: help })],
      ...[await wait({ department_id: help }), await wait()],
    ]
    await routing.sweep()
    expect(await Promise.all(waiting.map(({ id }) => agentOf(id)))).toEqual(['waiting', ben, ben, ana])
  })

  it('[L2] leaves everything to the agents where nothing else was settled', async () => {
    await settle({ assignment: 'manual' })
    await comeIn()
    const { id } = await wait()
    await routing.sweep()
    routing.wake(tenant.organizationId)
    await routing.close()
    expect(await agentOf(id)).toBe('waiting')
  })

  it('[L2] two nodes that give away at once give each conversation once, and nobody more than they take', async () => {
    const { database, changes, clock } = context
    const messages = createMessageLog({ database, changes, clock, generateId: createIdGenerator() })
    const other = createRouting({ ...context, messages })
    const agents = [await comeIn(), await comeIn()]
    const waiting = []
    for (let count = 0; count < 7; count++) waiting.push(await wait())
    await Promise.all([routing.sweep(), other.sweep()])
    await other.close()
    const given = await Promise.all(waiting.map(({ id }) => agentOf(id)))
    for (const agent of agents) expect(given.filter((id) => id === agent)).toHaveLength(2)
    const { rows } = await sql`select from events where type = 'conversation.changed'
      and conversation_id = any (${waiting.map(({ id }) => id)}::uuid[])`.execute(test.database.system)
    expect(rows).toHaveLength(4)
  })

  it('[L4] takes what waits for an answer from who is gone, with its age, and gives it to somebody else', async () => {
    const [ana, ben] = [await comeIn(), await tenant.addMember()]
    const [asked, answered] = [await wait(), await wait()]
    await routing.sweep()
    await say(answered.id, ana, 'agent')
    there.delete(ana)
    await routing.sweep()
    for (let second = 0; second < 59; second += 10) {
      later(9_900)
      await routing.sweep()
      expect(await agentOf(asked.id)).toBe(ana)
    }
    later(1_000)
    await routing.sweep()
    expect(await agentOf(asked.id)).toBe('waiting')
    expect(await agentOf(answered.id)).toBe(ana)
    const [first] = await loadQueue(test.database.of(tenant.organizationId), {
      ...{ organizationId: tenant.organizationId, now: tenant.now.value, limit: 9 },
    })
    expect(first).toMatchObject({ conversationId: asked.id, waitingSince: Date.parse('2026-01-01T00:00:00.000Z') })
    there.add(ben.memberId)
    await routing.sweep()
    expect(await agentOf(asked.id)).toBe(ben.memberId)
  })

  it('[L4] takes from who says that they are away what they leave unanswered for as long', async () => {
    const [ana, ben] = [await comeIn(), await comeIn()]
    const { id } = await wait()
    await routing.sweep()
    expect(await agentOf(id)).toBe(ana)
    await change(ana, { availability: 'away' })
    later(59_000)
    await routing.sweep()
    expect(await agentOf(id)).toBe(ana)
    later(1_000)
    await routing.sweep()
    expect(await agentOf(id)).toBe(ben)
  })

  it('[L1] has the same order in SQL, and the same queue', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = (bound: number, place: number) => Math.abs(Math.imul(seed + place * 7919, 0x9e3779b1)) % bound
    const now = tenant.now.value.getTime()
    const expected = []
    for (let place = 0; place < 40; place++) {
      const { id } = await wait()
      const [priority, steps, kindOf] = [random(4, place) - 1, random(6, place + 50), random(5, place + 90)]
      const waitingSince = now - (steps * PRIORITY_STEP_MS) / 2
      await sql`update conversations set priority = ${priority}::int, waiting_since = ${new Date(waitingSince)}::timestamptz,
        status = ${kindOf === 0 ? 'resolved' : 'waiting'},
        snoozed_at = ${kindOf === 1 ? new Date(now + 1e6) : null}::timestamptz,
        snoozed_until = ${kindOf === 1 ? new Date(now + 1e9) : null}::timestamptz
        where id = ${id}::uuid`.execute(test.database.system)
      if (kindOf > 1) expected.push({ conversationId: id, departmentId: null, priority, waitingSince })
    }
    const which = { organizationId: tenant.organizationId, now: tenant.now.value }
    const queue = await loadQueue(test.database.of(tenant.organizationId), { ...which, limit: 100 })
    expect(queue, `seed ${seed}`).toEqual(expected.sort(compareQueued))
  })

  it('[L7] says where everybody stands and how long it will be, as fast as it has lately been', async () => {
    const ana = await comeIn()
    const [first, second] = [await wait(), await wait()]
    await routing.sweep()
    const line = createLine(context)
    const waiting = [await wait(), await wait()]
    const placeOf = ({ id: conversationId }: { id: string }) =>
      line.placeOf({ organizationId: tenant.organizationId, conversationId })
    expect(await placeOf(waiting[1] as { id: string })).toEqual({ position: 2, waitMs: null })
    const end = ({ id: conversationId }: { id: string }) =>
      tenant.messages.end({
        ...{ organizationId: tenant.organizationId, conversationId, ownerSessionId: null },
        author: { kind: 'agent', id: ana, name: 'Ana' },
      })
    await settle({ capacity: 1 })
    later(600_000)
    for (const done of [first, second]) await end(done)
    for (let count = 0; count < 2; count++) {
      await routing.sweep()
      later(600_000)
      await end(waiting[count] as { id: string })
    }
    const [next, last] = [await wait(), await wait()]
    await routing.sweep()
    expect(await agentOf(next.id)).toBe(ana)
    const place = await placeOf(last)
    expect(place?.position).toBe(1)
    expect(Math.round((place?.waitMs ?? 0) / 60_000)).toBe(11)
    expect(await placeOf(first)).toBeNull()
  })

  it('[L7] counts on who has said when they will be back, and on who has just gone only beside others', async () => {
    const ana = await comeIn()
    await settle({ capacity: 1 })
    for (let count = 0; count < 3; count++) {
      const { id: conversationId } = await wait()
      await routing.sweep()
      later(600_000)
      await tenant.messages.end({
        ...{ organizationId: tenant.organizationId, conversationId, ownerSessionId: null },
        author: { kind: 'agent', id: ana, name: 'Ana' },
      })
    }
    const { id: conversationId } = await wait()
    there.delete(ana)
    const minutes = (count: number) => count * 60_000
    const waitAfter = async (ms: number) => {
      later(ms)
      const place = await createLine(context).placeOf({ organizationId: tenant.organizationId, conversationId })
      return place && place.waitMs !== null ? Math.round(place.waitMs / 1_000) * 1_000 : null
    }
    const lastSeen = (at: Date | null) =>
      test.database.system.updateTable('members').set({ last_seen_at: at }).where('id', '=', ana).execute()
    const inMinutes = (count: number) => new Date(tenant.now.value.getTime() + minutes(count))

    await lastSeen(tenant.now.value)
    expect(await waitAfter(minutes(4))).toBeNull()
    await lastSeen(null)
    await change(ana, { availability: 'away' })
    expect(await waitAfter(minutes(4))).toBeNull()
    await change(ana, { availability: 'away', backAt: inMinutes(30) })
    expect(await waitAfter(minutes(10))).toBe(minutes(22))
    // Late: nobody knows, and nobody else is there.
    expect(await waitAfter(minutes(24))).toBeNull()
    const ben = await comeIn()
    await change(ben, { capacity: 1 })
    const { id: taken } = await wait()
    await tenant.messages.move({
      ...{ organizationId: tenant.organizationId, conversationId: taken },
      move: { to: 'duty', agent: { kind: 'agent', id: ben, name: 'Ben' }, capacity: 1 },
    })
    expect(await waitAfter(0)).toBe(minutes(3.3))
    // Whoever is available has no time to be back at.
    await change(ana, { availability: 'available' })
    await change(ana, { availability: 'away' })
    expect(await waitAfter(minutes(1))).toBe(minutes(1.1))
    expect(await waitAfter(minutes(30))).toBe(minutes(11))
  })
})
