import { PRIORITY_STEP_MS } from '@chatdesk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignWaiting, type DutyAgent } from './assign-waiting.js'
import { compareQueued, type Queued } from './queue-order.js'
import { serves } from './who-serves.js'

const DEPARTMENTS = [null, 'sales', 'help', 'empty']
const queued: fc.Arbitrary<Queued[]> = fc.uniqueArray(
  fc.record({
    conversationId: fc.uuid(),
    departmentId: fc.constantFrom(...DEPARTMENTS),
    priority: fc.integer({ min: -1, max: 2 }),
    waitingSince: fc.integer({ min: 0, max: 5 }).map((quarters) => (quarters * PRIORITY_STEP_MS) / 2),
  }),
  { selector: ({ conversationId }) => conversationId, maxLength: 30 },
)
const duty: fc.Arbitrary<DutyAgent[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    load: fc.integer({ min: 0, max: 4 }),
    capacity: fc.integer({ min: 0, max: 5 }),
    lastAssignedAt: fc.option(fc.integer({ min: 0, max: 3 })),
  }),
  { selector: ({ id }) => id },
)
const members = new Map([
  ['sales', new Set(['a', 'b'])],
  ['help', new Set(['b', 'c', 'z'])],
  ['empty', new Set<string>()],
])

const agent = (id: string, rest: Partial<DutyAgent> = {}): DutyAgent => ({
  ...{ id, load: 0, capacity: 5, lastAssignedAt: null },
  ...rest,
})
const waiting = (conversationId: string, rest: Partial<Queued> = {}): Queued => ({
  ...{ conversationId, departmentId: null, priority: 0, waitingSince: 0 },
  ...rest,
})

describe('the order of the queue', () => {
  it('[L1] is by wait, and a quarter of an hour for each step of the priority', () => {
    const rows = [
      waiting('late', { waitingSince: 10 }),
      waiting('old', { waitingSince: -PRIORITY_STEP_MS - 1 }),
      waiting('high', { priority: 1 }),
      waiting('urgent', { priority: 2, waitingSince: PRIORITY_STEP_MS - 2 }),
      waiting('low', { priority: -1, waitingSince: -20 }),
      waiting('b'),
      waiting('a'),
    ]
    const order = rows.sort(compareQueued).map(({ conversationId }) => conversationId)
    expect(order).toEqual(['urgent', 'old', 'high', 'a', 'b', 'late', 'low'])
  })

  it('[L1] is a total order, first come first served within a priority', () => {
    fc.assert(
      fc.property(queued, fc.infiniteStream(fc.integer()), (rows, chance) => {
        const sorted = [...rows].sort(compareQueued)
        const shuffled = [...rows]
          .map((row) => ({ row, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row)
        expect(shuffled.sort(compareQueued)).toEqual(sorted)
        for (const [index, later] of sorted.entries())
          for (const earlier of sorted.slice(0, index)) {
            if (earlier.priority === later.priority)
              expect(earlier.waitingSince).toBeLessThanOrEqual(later.waitingSince)
            // Nobody is overtaken by what has come so much later.
            expect(earlier.waitingSince - later.waitingSince).toBeLessThanOrEqual(3 * PRIORITY_STEP_MS)
          }
      }),
    )
  })
})

describe('who gets what waits', () => {
  it('[L2] gives each conversation to one who serves it and has room, and no room is left over', () => {
    fc.assert(
      fc.property(queued, duty, (queue, agents) => {
        const given = assignWaiting({ queue, agents, members })
        const loads = new Map(agents.map(({ id, load }) => [id, load]))
        for (const { conversationId, agentId } of given) {
          const { departmentId = null } = queue.find((row) => row.conversationId === conversationId) ?? {}
          expect(serves(agentId, departmentId, members)).toBe(true)
          loads.set(agentId, (loads.get(agentId) ?? 0) + 1)
        }
        expect(new Set(given.map(({ conversationId }) => conversationId)).size).toBe(given.length)
        const isFull = ({ id, capacity }: DutyAgent) => (loads.get(id) ?? 0) >= capacity
        for (const { id, load, capacity } of agents) expect(loads.get(id)).toBeLessThanOrEqual(Math.max(load, capacity))
        const left = queue.filter((row) => !given.some(({ conversationId }) => conversationId === row.conversationId))
        for (const { departmentId } of left)
          expect(agents.filter(({ id }) => serves(id, departmentId, members)).every(isFull)).toBe(true)
      }),
    )
  })

  it('[L2] lets nobody overtake of the same department', () => {
    fc.assert(
      fc.property(queued, duty, (queue, agents) => {
        const given = new Set(assignWaiting({ queue, agents, members }).map(({ conversationId }) => conversationId))
        const sorted = [...queue].sort(compareQueued)
        for (const departmentId of DEPARTMENTS) {
          const line = sorted.filter((row) => row.departmentId === departmentId)
          const taken = line.map((row) => given.has(row.conversationId))
          expect(taken.lastIndexOf(true)).toBeLessThan(taken.includes(false) ? taken.indexOf(false) : taken.length + 1)
        }
      }),
    )
  })

  it('[L2] does not let what fits nobody hold up what is behind it', () => {
    const queue = [waiting('1', { departmentId: 'help' }), waiting('2', { waitingSince: 1 })]
    expect(assignWaiting({ queue, agents: [agent('a')], members })).toEqual([{ conversationId: '2', agentId: 'a' }])
  })

  it('[L3] asks who is least busy for what they take, then who was given something longest ago', () => {
    const to = (...agents: DutyAgent[]) => assignWaiting({ queue: [waiting('1')], agents, members })[0]?.agentId
    expect(to(agent('a', { load: 2 }), agent('b', { load: 3, capacity: 9 }))).toBe('b')
    expect(to(agent('a', { load: 1, lastAssignedAt: 9 }), agent('b', { load: 1, lastAssignedAt: 8 }))).toBe('b')
    expect(to(agent('a', { lastAssignedAt: 1 }), agent('b'))).toBe('b')
    expect(to(agent('b'), agent('a'))).toBe('a')
  })

  it('[L3] takes turns', () => {
    const queue = Array.from({ length: 6 }, (_, index) => waiting(String(index), { waitingSince: index }))
    const given = assignWaiting({ queue, agents: [agent('a'), agent('b'), agent('c', { load: 4 })], members })
    expect(given.map(({ agentId }) => agentId)).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  })
})
