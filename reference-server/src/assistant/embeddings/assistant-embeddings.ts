import type { Database } from '../../database/index.js'
import type { Logger } from '../../platform/logger.js'
import { systemClock } from '../../realtime/index.js'
import { type EmbeddingOptions, OPENAI } from '../assistant-options.js'
import type { UsageMeter } from '../writing/usage-meter.js'
import { createKnowledgeEmbedding, type KnowledgeEmbedding } from './embed-knowledge.js'
import { createMeaningSearches, type MeaningSearches } from './meaning-search.js'
import { createOpenAiEmbeddings } from './openai-embeddings.js'

/** Knowledge that is found by what it means, too. */
export interface AssistantEmbeddings extends Pick<KnowledgeEmbedding, 'sweep'> {
  searches: MeaningSearches
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** Undefined: knowledge is found by its words alone. */
export function createAssistantEmbeddings(
  context: { database: Database; clock: () => Date; logger: Logger; meter: UsageMeter },
  options: EmbeddingOptions | undefined,
): AssistantEmbeddings | undefined {
  if (!options) return undefined
  const { model, apiKey = '', baseUrl = OPENAI, atLeast = null } = options
  // One for both, since it remembers how its server has failed lately.
  const provider = createOpenAiEmbeddings({
    ...{ baseUrl, apiKey: apiKey || null, model, fetch: globalThis.fetch, clock: systemClock },
  })
  const shared = { ...context, provider, atLeast, timers: systemClock, now: () => context.clock().getTime() }
  const searches = createMeaningSearches(shared)
  const { sweep, close } = createKnowledgeEmbedding(shared)
  return {
    ...{ searches, sweep },
    async close() {
      await Promise.all([close(), searches.idle()])
    },
  }
}
