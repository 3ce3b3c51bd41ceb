import { describe, expect, it } from 'vitest'
import { backAfter, type ExpectedAgent, expectWaits } from './expected-wait.js'

const MINUTE = 60_000

const agent = (id: string, changes: Partial<ExpectedAgent> = {}): ExpectedAgent => ({
  ...{ id, load: 0, capacity: 2, lastAssignedAt: null, backInMs: 0 },
  ...changes,
})
const waitsOf = (agents: readonly ExpectedAgent[], count: number, departmentId: string | null = null) => {
  const queue = Array.from({ length: count }, (_, index) => ({
    ...{ conversationId: String(index), departmentId, priority: 0, waitingSince: index },
  }))
  const members = new Map([['sales', new Set(['a'])]])
  const places = expectWaits({ queue, agents, members, handlingMs: 10 * MINUTE, arrivals: [], now: count })
  return queue.map(({ conversationId }) => places.get(conversationId)?.waitMs)
}

describe('how long somebody will wait', () => {
  it('[L7] is no time where somebody has room now', () => {
    expect(waitsOf([agent('a')], 2)).toEqual([0, 0])
  })

  it('[L7] is until somebody is done where all are busy', () => {
    expect(waitsOf([agent('a', { load: 2 })], 2)).toEqual([5 * MINUTE, 10 * MINUTE])
  })

  it('[L7] counts on whoever will be back, and on nobody before', () => {
    const busy = agent('b', { load: 2, capacity: 1 })
    const back = agent('a', { backInMs: 3 * MINUTE, load: 1 })
    expect(waitsOf([busy, back], 1)).toEqual([3 * MINUTE])
    expect(waitsOf([back], 2, 'sales')).toEqual([3 * MINUTE, 8 * MINUTE])
    expect(waitsOf([busy], 1, 'sales')).toEqual([null])
  })

  it('[L7] expects nobody who has been gone for long, and nobody at once', () => {
    expect([0, 10 * MINUTE, 45 * MINUTE, 45 * MINUTE + 1].map(backAfter)).toEqual([
      MINUTE,
      20 * MINUTE,
      90 * MINUTE,
      null,
    ])
  })
})
