import type { Database } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import { systemClock } from '../realtime/index.js'
import { type AssistantOptions, type ModelOptions, OPENAI } from './assistant-options.js'
import type { AnswerProvider } from './provider/answer-provider.js'
import { createOpenAiProvider } from './provider/openai-provider.js'
import { withRedaction } from './provider/redacting-provider.js'
import { type AnswerWriter, createAnswerWriter } from './writing/answer-writer.js'
import { DEFAULT_BUDGETS } from './writing/usage-budgets.js'
import { createUsageMeter } from './writing/usage-meter.js'

/** What writes the answers; undefined: nobody, and they are the knowledge base's own words. */
export function createAssistantWriter(
  context: { database: Database; clock: () => Date; generateId: () => string; logger: Logger },
  options: AssistantOptions | undefined,
): AnswerWriter | undefined {
  const { provider, budgets } = options ?? {}
  if (!provider) return undefined
  return createAnswerWriter({
    provider: withRedaction('answer' in provider ? provider : createProvider(provider)),
    meter: createUsageMeter({ ...context, budgets: { ...DEFAULT_BUDGETS, ...budgets } }),
    now: () => context.clock().getTime(),
    logger: context.logger,
  })
}

function createProvider({ baseUrl = OPENAI, apiKey = '', model }: ModelOptions): AnswerProvider {
  return createOpenAiProvider({ baseUrl, apiKey: apiKey || null, model, fetch: globalThis.fetch, clock: systemClock })
}
