import { describe, expect, it } from 'vitest'
import { afterFailure, nextAttempt, WELL } from './retries.js'

const now = new Date('2026-01-01T00:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const SECOND = 1_000
const HOUR = 3_600_000

describe('when a delivery is tried again', () => {
  it('[Z4] after seconds, minutes, hours, for three days, and not for ever', () => {
    const waits: number[] = []
    for (let attempts = 1; ; attempts++) {
      const next = nextAttempt('message.created', attempts, now, () => 0)
      if (!next) break
      waits.push((next.getTime() - now.getTime()) / SECOND)
    }
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
  })

  it('[Z4] somewhat later each, so that what failed together comes back apart', () => {
    expect(nextAttempt('message.created', 2, now, () => 0.5)).toEqual(later(315 * SECOND))
  })

  it('[Z4] a ping never', () => {
    expect(nextAttempt('ping', 1, now, () => 0)).toBeUndefined()
  })
})

describe('a webhook that fails', () => {
  const often = { gone: false, isLast: false }

  it('threat 82: rests after each attempt, twice as long each time, a minute at most', () => {
    let health = WELL
    const rests: number[] = []
    for (let attempts = 0; attempts < 9; attempts++) {
      health = afterFailure(health, often, now)
      rests.push(((health.restsTo as Date).getTime() - now.getTime()) / SECOND)
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    expect(afterFailure({ ...health, failures: 1e6 }, often, now).restsTo).toEqual(later(60 * SECOND))
  })

  it('[Z5] threat 82: is switched off after five days without a success, not before', () => {
    const failing = { ...WELL, failingSince: now, failures: 9 }
    expect(afterFailure(failing, often, later(120 * HOUR - 1)).end).toBeNull()
    expect(afterFailure(failing, often, later(120 * HOUR)).end).toBe('failing')
    expect(afterFailure(failing, often, later(HOUR)).failingSince).toEqual(now)
  })

  it('[Z5] threat 82: and when the twentieth delivery in a row is given up', () => {
    let health = afterFailure(WELL, often, now)
    for (let lost = 1; lost < 20; lost++) health = afterFailure(health, { gone: false, isLast: true }, now)
    expect(health).toMatchObject({ givenUp: 19, end: null })
    expect(afterFailure(health, { gone: false, isLast: true }, now).end).toBe('failing')
  })

  it('[Z5] and at once when it says that it is gone', () => {
    expect(afterFailure(WELL, { gone: true, isLast: true }, now).end).toBe('gone')
  })
})
