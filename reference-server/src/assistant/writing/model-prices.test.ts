import { describe, expect, it } from 'vitest'
import { costOf, priceOf, requirePrices } from './model-prices.js'

const PRICE = { prompt: 0.15, completion: 0.6, currency: 'USD' }

it.each([
  [{ promptTokens: 1_000_000, completionTokens: 0 }, 150_000],
  [{ promptTokens: 0, completionTokens: 1_000_000 }, 600_000],
  [{ promptTokens: 120, completionTokens: 7 }, 22],
  [{ promptTokens: 0, completionTokens: 0 }, 0],
])('[B8] a price per million tokens makes millionths of a unit: %o', (tokens, micro) => {
  expect(costOf(PRICE, tokens)).toEqual({ micro, currency: 'USD' })
})

it('[B8] without a price there is no cost, which is not the same as 0', () => {
  expect(costOf(undefined, { promptTokens: 1, completionTokens: 1 })).toBeNull()
})

it('finds a price by the name of a model, and none by a name that all objects have', () => {
  expect(priceOf({ small: PRICE }, 'small')).toBe(PRICE)
  expect(priceOf({ small: PRICE }, 'large')).toBeUndefined()
  expect(priceOf({ small: PRICE }, 'constructor')).toBeUndefined()
})

describe('prices', () => {
  it.each([
    ['a negative one', { prompt: -1 }, 'no number from 0'],
    ['none', { completion: Number.NaN }, 'no number from 0'],
    ['one in no currency', { currency: '$' }, 'no code like USD'],
  ])('refuse %s', (_name, wrong, words) => {
    expect(() => requirePrices({ small: { ...PRICE, ...wrong } })).toThrow(words)
  })
  it('take what is free', () => {
    expect(() => requirePrices({ small: { ...PRICE, prompt: 0, completion: 0 } })).not.toThrow()
  })
})
