import { describe, expect, it } from 'vitest'
import { agreement, calibrationError, quantile, rankingArea, share } from './metrics.js'

const foretold = (pairs: [number, boolean][]) => pairs.map(([p, right]) => ({ p, right }))
describe('metrics', () => {
  it('finds no error where shares came as foretold, and the whole of it where they did not', () => {
    expect(
      calibrationError(
        [
          ...Array.from({ length: 10 }, () =>
            foretold([
              [0.5, true],
              [0.5, false],
            ]),
          ),
        ].flat(),
      ),
    ).toBeCloseTo(0)
    expect(calibrationError(foretold(Array.from({ length: 20 }, () => [0.9, false])))).toBeCloseTo(0.9)
  })
  it('ranks: all right, all wrong, and a tie in the middle', () => {
    expect(
      rankingArea(
        foretold([
          [0.9, true],
          [0.8, true],
          [0.1, false],
        ]),
      ),
    ).toBe(1)
    expect(
      rankingArea(
        foretold([
          [0.1, true],
          [0.9, false],
        ]),
      ),
    ).toBe(0)
    expect(
      rankingArea(
        foretold([
          [0.5, true],
          [0.5, false],
        ]),
      ),
    ).toBe(0.5)
  })
  it('counts agreement', () => {
    const rows = [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ].map(([said = false, is = false]) => ({ said, is }))
    expect(agreement(rows)).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 })
    expect(share(1, 0)).toBe(0)
    expect(quantile([3, 1, 2, 4], 0.5)).toBe(3)
  })
})
