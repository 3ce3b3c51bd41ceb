import { expect, it } from 'vitest'
import { backoffMs } from './backoff.js'

it('is uniform between 0 and a doubling ceiling of at most 30 seconds, and never below 100 ms', () => {
  expect([0, 1, 2, 5, 6, 60, 2000].map((failures) => backoffMs(failures, () => 1))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000,
  ])
  expect(backoffMs(4, () => 0.25)).toBe(2_000)
  expect(backoffMs(4, () => 0)).toBe(100)
})

it('[S6] adds what the server asked for, and no more than five minutes of it', () => {
  expect(backoffMs(0, () => 0.5, 7_000)).toBe(7_250)
  expect(backoffMs(0, () => 0, Number.MAX_SAFE_INTEGER)).toBe(300_000)
})
