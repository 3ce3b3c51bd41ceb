import type { Logger } from '../platform/logger.js'
import { systemClock } from '../realtime/index.js'
import { type AssistantOptions, type ModelOptions, OPENAI } from './assistant-options.js'
import type { AnswerProvider } from './provider/answer-provider.js'
import { createOpenAiProvider } from './provider/openai-provider.js'
import { withRedaction } from './provider/redacting-provider.js'
import { type AnswerWriter, createAnswerWriter } from './writing/answer-writer.js'
import type { UsageMeter } from './writing/usage-meter.js'

/** What writes the answers, and which model that is; undefined: nobody, and they are the knowledge base's own words. */
export function createAssistantWriter(
  context: { clock: () => Date; logger: Logger; meter: UsageMeter },
  given: AssistantOptions['provider'],
): { writer: AnswerWriter; model: string } | undefined {
  if (!given) return undefined
  const provider = withRedaction('answer' in given ? given : createProvider(given))
  const { meter, logger } = context
  const writer = createAnswerWriter({ provider, meter, now: () => context.clock().getTime(), logger })
  return { writer, model: provider.capabilities().model }
}

function createProvider({ baseUrl = OPENAI, apiKey = '', model }: ModelOptions): AnswerProvider {
  return createOpenAiProvider({ baseUrl, apiKey: apiKey || null, model, fetch: globalThis.fetch, clock: systemClock })
}
