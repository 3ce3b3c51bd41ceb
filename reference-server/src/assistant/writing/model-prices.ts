import { ChatError } from '@chatdesk/protocol'
import type { TokenUsage } from '../provider/answer-provider.js'

/** What a model costs, per million tokens, in units of a currency by ISO 4217: `{ prompt: 0.15, completion: 0.6, currency: 'USD' }`. */
export interface ModelPrice {
  prompt: number
  completion: number
  currency: string
}

/** By the name of the model. */
export type ModelPrices = Readonly<Record<string, ModelPrice>>

/** Money, in millionths of a unit. */
export interface Cost {
  micro: number
  currency: string
}

/** Throws `INTERNAL` unless each is a price: what is kept by a wrong one cannot be put right later. */
export function requirePrices(prices: ModelPrices): void {
  for (const [model, { prompt, completion, currency }] of Object.entries(prices)) {
    if (![prompt, completion].every((price) => Number.isFinite(price) && price >= 0))
      throw new ChatError('INTERNAL', `assistant.prices: a price of ${model} is no number from 0.`)
    if (!/^[A-Z]{3}$/.test(currency))
      throw new ChatError('INTERNAL', `assistant.prices: the currency of ${model} is no code like USD.`)
  }
}

/** What a model costs; undefined: nobody has said it. */
export function priceOf(prices: ModelPrices, model: string): ModelPrice | undefined {
  return Object.hasOwn(prices, model) ? prices[model] : undefined
}

/** What so many tokens cost: a price per million in units is one per token in millionths. */
export function costOf(
  price: ModelPrice | undefined,
  { promptTokens, completionTokens }: Pick<TokenUsage, 'promptTokens' | 'completionTokens'>,
): Cost | null {
  if (!price) return null
  const micro = Math.round(promptTokens * price.prompt + completionTokens * price.completion)
  return { micro, currency: price.currency }
}
