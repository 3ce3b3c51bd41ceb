import { expect, it } from 'vitest'
import { nextAt } from './away-times.js'

const NOON = new Date(2026, 4, 20, 12, 0).getTime()
const HOUR = 3_600_000

it('finds when the clock next shows a time, today or tomorrow', () => {
  expect(nextAt('12:30', NOON)).toBe(NOON + HOUR / 2)
  expect(nextAt('12:00', NOON)).toBe(NOON + 24 * HOUR)
  expect(nextAt('00:15', NOON)).toBe(NOON + 12.25 * HOUR)
  expect(nextAt('', NOON)).toBeNull()
})
