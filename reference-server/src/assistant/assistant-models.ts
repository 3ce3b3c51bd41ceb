import type { Database } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import type { AssistantOptions } from './assistant-options.js'
import { createAssistantWriter } from './assistant-writer.js'
import { createAssistantEmbeddings } from './embeddings/assistant-embeddings.js'
import type { MeaningSearches } from './embeddings/meaning-search.js'
import type { AnswerWriter } from './writing/answer-writer.js'

/** What serves the assistant, and whoever drafts a reply: one for both, since each remembers how its server has failed lately. */
export interface AssistantModels {
  /** Undefined: answers are the knowledge base's own words. */
  writer: AnswerWriter | undefined
  /** Undefined: knowledge is found by its words alone. */
  searches: MeaningSearches | undefined
  /** Makes vectors of what was published. Rejects never. */
  sweep(): Promise<void>
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** The models that a host has named, if any. */
export function createAssistantModels(
  context: { database: Database; clock: () => Date; generateId: () => string; logger: Logger },
  options: AssistantOptions | undefined,
): AssistantModels {
  const embeddings = createAssistantEmbeddings(context, options)
  return {
    writer: createAssistantWriter(context, options),
    searches: embeddings?.searches,
    sweep: async () => embeddings?.sweep(),
    close: async () => embeddings?.close(),
  }
}
