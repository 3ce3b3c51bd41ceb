import { describe, expect, it } from 'vitest'
import { askBreaker, type Breaker, type BreakerEvent, CLOSED, moveBreaker } from './circuit-breaker.js'

const failAt = (breaker: Breaker, ...times: number[]) =>
  times.reduce((state, now) => moveBreaker(state, { type: 'failed', trial: false, now }), breaker)
const OPENED = failAt(CLOSED, 0, 1, 2, 3, 4)
const asks = (breaker: Breaker, now: number) => {
  const asked = askBreaker(breaker, now)
  return asked.allowed ? { trial: asked.trial, breaker: asked.breaker } : null
}

describe('a circuit breaker', () => {
  it('opens at the fifth failure of a minute, for thirty seconds', () => {
    expect(asks(failAt(CLOSED, 0, 1, 2, 3), 4)).not.toBeNull()
    expect(asks(OPENED, 30_003)).toBeNull()
    expect(asks(OPENED, 30_004)).toMatchObject({ trial: true })
  })
  it('forgets failures that are older than a minute', () => {
    expect(asks(failAt(CLOSED, 0, 20_000, 40_000, 59_999, 60_000), 60_001)).toMatchObject({ trial: false })
    expect(asks(failAt(CLOSED, 1, 20_000, 40_000, 59_999, 60_000), 60_001)).toBeNull()
  })
  it('lets one answer try, and follows its end', () => {
    const trying = asks(OPENED, 30_004)?.breaker as Breaker
    expect(asks(trying, 30_005)).toBeNull()
    const end = (type: BreakerEvent['type']) => moveBreaker(trying, { type, trial: true, now: 31_000 })
    expect(end('succeeded')).toBe(CLOSED)
    expect(asks(end('failed'), 60_999)).toBeNull()
    expect(asks(end('failed'), 61_000)).toMatchObject({ trial: true })
    // The visitor has left: the next one tries, at once.
    expect(asks(end('left'), 31_000)).toMatchObject({ trial: true })
  })
  it('is not moved by answers that began before it opened', () => {
    const trying = asks(OPENED, 30_004)?.breaker as Breaker
    for (const breaker of [OPENED, trying])
      for (const type of ['failed', 'succeeded', 'left'] as const)
        expect(moveBreaker(breaker, { type, trial: false, now: 30_005 })).toBe(breaker)
  })
  it('does not wait for ever for a trial whose end was lost', () => {
    const trying = asks(OPENED, 30_004)?.breaker as Breaker
    expect(asks(trying, 90_003)).toBeNull()
    expect(asks(trying, 90_004)).toMatchObject({ trial: true })
  })
  it('counts no success or leaving against it', () => {
    expect(moveBreaker(CLOSED, { type: 'succeeded', trial: false, now: 1 })).toBe(CLOSED)
    expect(moveBreaker(CLOSED, { type: 'left', trial: false, now: 1 })).toBe(CLOSED)
  })
})
