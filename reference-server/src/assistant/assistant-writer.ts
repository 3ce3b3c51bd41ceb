import type { Database } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import { systemClock } from '../realtime/index.js'
import type { AnswerProvider } from './provider/answer-provider.js'
import { createOpenAiProvider } from './provider/openai-provider.js'
import { withRedaction } from './provider/redacting-provider.js'
import { type AnswerWriter, createAnswerWriter } from './writing/answer-writer.js'
import { type ModelPrice, type ModelPrices, priceOf, requirePrices } from './writing/model-prices.js'
import { DEFAULT_BUDGETS, type UsageBudgets } from './writing/usage-budgets.js'
import { createUsageMeter } from './writing/usage-meter.js'

/** A model behind any server that speaks OpenAI's Chat Completions. */
export interface ModelOptions {
  /** With its version. Default: `https://api.openai.com/v1`. */
  baseUrl?: string | undefined
  /** Without one, none is sent. */
  apiKey?: string | undefined
  model: string
}

/** Who puts the assistant's answers in words, and how much that may cost. */
export interface AssistantOptions {
  /** A model, or whatever else writes: its drafts are checked all the same, and it is told no personal data. */
  provider: ModelOptions | AnswerProvider
  /** In tokens. What is not given keeps its default. */
  budgets?: Partial<UsageBudgets> | undefined
  /** What models cost, by their names, so that answers are kept with their cost. Without one of its own a model has none. */
  prices?: ModelPrices | undefined
}

const OPENAI = 'https://api.openai.com/v1'

/** What writes the answers, and what an organization is told of it. */
export interface AssistantModel {
  writer: AnswerWriter
  told: { model: string; budgets: UsageBudgets; price: ModelPrice | null }
}

/** Undefined: nobody writes, and answers are the knowledge base's own words. */
export function createAssistantModel(
  context: { database: Database; clock: () => Date; generateId: () => string; logger: Logger },
  options: AssistantOptions | undefined,
): AssistantModel | undefined {
  if (!options) return undefined
  const { provider: given, prices = {} } = options
  requirePrices(prices)
  const provider = withRedaction('answer' in given ? given : createProvider(given))
  const budgets = { ...DEFAULT_BUDGETS, ...options.budgets }
  const writer = createAnswerWriter({
    provider,
    meter: createUsageMeter({ ...context, budgets, prices }),
    now: () => context.clock().getTime(),
    logger: context.logger,
  })
  const { model } = provider.capabilities()
  return { writer, told: { model, budgets, price: priceOf(prices, model) ?? null } }
}

function createProvider({ baseUrl = OPENAI, apiKey = '', model }: ModelOptions): AnswerProvider {
  return createOpenAiProvider({ baseUrl, apiKey: apiKey || null, model, fetch: globalThis.fetch, clock: systemClock })
}
