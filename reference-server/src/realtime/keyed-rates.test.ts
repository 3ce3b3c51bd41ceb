import { describe, expect, it } from 'vitest'
import { KeyedRates } from './keyed-rates.js'

describe('KeyedRates', () => {
  const rate = { perSecond: 10, burst: 3 }

  it('counts every connection of a session together, and each session by itself', () => {
    const rates = new KeyedRates(rate)
    expect([1, 2, 3, 4].map(() => rates.take('a', 0))).toEqual([0, 0, 0, 100])
    expect(rates.take('b', 0)).toBe(0)
    expect(rates.take('a', 100)).toBe(0)
  })

  it('forgets sessions that have been quiet, and none that still has to wait', () => {
    const rates = new KeyedRates(rate)
    for (let index = 0; index < 1024; index += 1) rates.take(`quiet ${index}`, 0)
    for (let taken = 0; taken < 3; taken += 1) rates.take('busy', 10_000)
    expect(rates.take('busy', 10_000)).toBe(100)
    expect(rates.size).toBe(1)
  })
})
