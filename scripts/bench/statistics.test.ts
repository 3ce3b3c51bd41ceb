import { expect, it } from 'vitest'
import { median, quantile, spread } from './statistics.js'

it('takes the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})

it('interpolates between two values', () => {
  expect(quantile([0, 10], 0.9)).toBe(9)
  expect(quantile([], 0.9)).toBeNaN()
})

it('measures how far values lie apart by their median', () => {
  expect(spread([90, 100, 110])).toBe(0.2)
})
