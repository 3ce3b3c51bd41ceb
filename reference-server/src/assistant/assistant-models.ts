import type { AssistantSettings } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import type { AssistantOptions } from './assistant-options.js'
import { createAssistantWriter } from './assistant-writer.js'
import { createAssistantEmbeddings } from './embeddings/assistant-embeddings.js'
import type { MeaningSearches } from './embeddings/meaning-search.js'
import type { AnswerWriter } from './writing/answer-writer.js'
import { priceOf, requirePrices } from './writing/model-prices.js'
import { DEFAULT_BUDGETS } from './writing/usage-budgets.js'
import { createUsageMeter } from './writing/usage-meter.js'

/** What a server says of its models. */
export type ToldOfModels = Omit<AssistantSettings, 'usesModels'>

/** What serves the assistant, and whoever drafts a reply: one for both, since each remembers how its server has failed lately. */
export interface AssistantModels {
  /** Undefined: answers are the knowledge base's own words. */
  writer: AnswerWriter | undefined
  /** Undefined: knowledge is found by its words alone. */
  searches: MeaningSearches | undefined
  /** What organizations are told of them. */
  told: ToldOfModels
  /** Makes vectors of what was published. Rejects never. */
  sweep(): Promise<void>
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** The models that a host has named, if any. Throws where a price is none. */
export function createAssistantModels(
  context: { database: Database; clock: () => Date; generateId: () => string; logger: Logger },
  { provider, embeddings: named, budgets: given, prices = {} }: AssistantOptions = {},
): AssistantModels {
  requirePrices(prices)
  const budgets = { ...DEFAULT_BUDGETS, ...given }
  const meter = createUsageMeter({ ...context, budgets, prices })
  const written = createAssistantWriter({ ...context, meter }, provider)
  const embeddings = createAssistantEmbeddings({ ...context, meter }, named)
  const model = written?.model ?? null
  return {
    writer: written?.writer,
    searches: embeddings?.searches,
    told: {
      model,
      embeddingModel: named?.model ?? null,
      budgets: written || embeddings ? budgets : null,
      price: (model && priceOf(prices, model)) || null,
    },
    sweep: async () => embeddings?.sweep(),
    close: async () => embeddings?.close(),
  }
}
