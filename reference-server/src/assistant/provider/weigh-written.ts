import { estimateTokens } from './answer-limits.js'
import type { TokenUsage } from './answer-provider.js'

/** An answer of which nobody has said what it has used. */
export interface UnweighedAnswer {
  /** Of what was sent. */
  promptTokens: number
  /** Characters that have come of it. */
  said: number
  /** It was left before its end, and may have gone on to this length, in tokens; absent: what has come is all of it. */
  most?: number | undefined
}

/**
 * What it weighs in a budget (B8): by the length of what has come; of one that was left, the most that somebody may charge for
 * (threat 72). This is the one place that says so, for attempts of our own provider as for anybody's.
 */
export function weighWritten({ promptTokens, said, most }: UnweighedAnswer): TokenUsage {
  return { promptTokens, completionTokens: most ?? estimateTokens(said), estimated: true }
}
