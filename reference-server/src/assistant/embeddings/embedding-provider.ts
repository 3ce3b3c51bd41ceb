import type { ProviderErrorCode } from '../provider/answer-provider.js'

/**
 * Says of texts what they mean, as vectors: of texts that mean alike they point alike. It decides nothing. Whatever happens is an
 * outcome; `embed` does not throw.
 */
export interface EmbeddingProvider {
  /** Vectors of different models have nothing in common. */
  readonly model: string
  readonly state: 'ready' | 'breaker_open'
  /** One request: either all texts have their vectors or none has. `withinMs`: it is given up then. */
  embed(texts: readonly string[], limits: { signal: AbortSignal; withinMs: number }): Promise<Embedded>
}

/** What has come of a request. */
export type Embedded =
  /** In the order of the texts, each of length 1, all of the same number of dimensions. */
  | { kind: 'vectors'; vectors: Float32Array[]; usage: EmbeddingUsage }
  /** `usage` null: nothing that anybody charges for. */
  | { kind: 'failed'; code: ProviderErrorCode; usage: EmbeddingUsage | null }

/** Tokens of a request's texts. `estimated`: the provider has not said it. */
export interface EmbeddingUsage {
  promptTokens: number
  estimated: boolean
}
