import type { Logger } from '../../platform/logger.js'
import type { ProviderErrorCode } from '../provider/answer-provider.js'
import type { UsageMeter } from '../writing/usage-meter.js'
import type { EmbeddingProvider } from './embedding-provider.js'
import { estimateOf } from './openai-embeddings.js'

/** Of whose budget the vectors are, and until when they are wanted. */
export interface MeteredRequest {
  organizationId: string
  /** Null: it is not asked for one. */
  conversationId: string | null
  /** See `UsageWish`. */
  shareOfDay?: number
  signal: AbortSignal
  withinMs: number
}

/** What has come of it. */
export type MeteredVectors =
  | { kind: 'vectors'; vectors: Float32Array[] }
  | { kind: 'refused'; because: 'budget_spent' | 'switched_off' }
  | { kind: 'failed'; code: ProviderErrorCode }

/** Asks a provider for vectors within the budget of answers, and counts what they have cost. Throws where that cannot be counted. */
export async function embedMetered(
  context: { provider: EmbeddingProvider; meter: UsageMeter; now: () => number; logger: Logger },
  texts: readonly string[],
  request: MeteredRequest,
): Promise<MeteredVectors> {
  const { provider, meter, now, logger } = context
  const { organizationId, conversationId, shareOfDay, signal, withinMs } = request
  const reservation = await meter.reserve({
    ...{ organizationId, conversationId, shareOfDay, provider: 'openai-compatible', model: provider.model },
    ...{ promptTokens: estimateOf(texts).promptTokens, completionTokens: 0 },
  })
  if (reservation.kind === 'refused') return reservation
  const began = now()
  const embedded = await provider.embed(texts, { signal, withinMs })
  const { usage } = embedded
  const isMade = embedded.kind === 'vectors'
  const code = isMade ? null : embedded.code
  await reservation
    .settle({
      ...{ outcome: isMade ? 'embedded' : code === 'aborted' ? 'stopped' : 'failed', code, firstTokenMs: null },
      usage: usage && { ...usage, completionTokens: 0 },
      latencyMs: now() - began,
    })
    .catch((error) => logger.warn({ err: error, conversationId }, 'what vectors have cost could not be kept'))
  return isMade ? { kind: 'vectors', vectors: embedded.vectors } : { kind: 'failed', code: embedded.code }
}
