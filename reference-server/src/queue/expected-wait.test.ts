import { describe, expect, it } from 'vitest'
import { type ExpectedAgent, expectWaits } from './expected-wait.js'

const MINUTE = 60_000

const agent = (id: string, changes: Partial<ExpectedAgent> = {}): ExpectedAgent => ({
  ...{ id, load: 0, capacity: 2, lastAssignedAt: null, backInMs: 0, guessed: false },
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

  it('[L7] is until somebody is done where all are busy, and a tenth longer for those who leave unforeseen', () => {
    expect(waitsOf([agent('a', { load: 2 })], 2)).toEqual([5.5 * MINUTE, 11 * MINUTE])
  })

  it('[L7] counts on whoever will be back, and on nobody before', () => {
    const busy = agent('b', { load: 2, capacity: 1 })
    const back = agent('a', { backInMs: 4 * MINUTE, load: 1 })
    expect(waitsOf([busy, back], 1)).toEqual([4.4 * MINUTE])
    expect(waitsOf([back], 2, 'sales')).toEqual([4.4 * MINUTE, 9.9 * MINUTE])
    expect(waitsOf([busy], 1, 'sales')).toEqual([null])
  })

  it('[L7] is shorter for who may come back, and told for nobody’s sake who may', () => {
    const busy = agent('b', { load: 2 })
    const lost = agent('a', { backInMs: 2 * MINUTE, guessed: true })
    expect(waitsOf([busy], 1)).toEqual([5.5 * MINUTE])
    expect(waitsOf([busy, lost], 1)).toEqual([2.2 * MINUTE])
    expect(waitsOf([lost], 1)).toEqual([null])
    expect(waitsOf([busy, lost], 1, 'sales')).toEqual([null])
    expect(waitsOf([agent('b', { capacity: 0 }), lost], 1)).toEqual([null])
  })
})
