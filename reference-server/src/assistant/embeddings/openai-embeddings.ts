import type { RealtimeClock } from '../../realtime/clock.js'
import { estimateTokens } from '../provider/answer-limits.js'
import type { ProviderErrorCode } from '../provider/answer-provider.js'
import { askBreaker, type Breaker, type BreakerEvent, CLOSED, moveBreaker } from '../provider/circuit-breaker.js'
import { createOpenAiClient } from '../provider/openai-client.js'
import { failureOf, ProviderFailure } from '../provider/provider-failure.js'
import { createRequestStop } from '../provider/request-stop.js'
import { bodyText, sendToServer } from '../provider/send-to-server.js'
import type { Embedded, EmbeddingProvider, EmbeddingUsage } from './embedding-provider.js'
import { readVectors } from './read-vectors.js'

/** Where a model is, and what is injected. */
export interface OpenAiEmbeddingsOptions {
  /** With its version, as `https://api.openai.com/v1`. */
  baseUrl: string
  /** Null: the server wants none. */
  apiKey: string | null
  model: string
  fetch: typeof globalThis.fetch
  clock: RealtimeClock
}

/** Vectors of 64 texts with 8,192 numbers each, of ten digits or so. */
const MOST_BODY_BYTES = 8 * 1024 * 1024

/** Of these a provider is not to blame. */
const BLAMELESS: ReadonlySet<ProviderErrorCode> = new Set(['aborted', 'rejected'])
/** The server may have done the work all the same. */
const CHARGED: ReadonlySet<ProviderErrorCode> = new Set(['aborted', 'total_timeout', 'cut', 'malformed'])

/**
 * Vectors by any server that speaks OpenAI's Embeddings. One request, and no retry: a visitor's question has no time for it, and
 * what is embedded beforehand is tried again later. How the server has failed lately is remembered here, so make one of it.
 */
export function createOpenAiEmbeddings(options: OpenAiEmbeddingsOptions): EmbeddingProvider {
  const { baseUrl, apiKey, model, clock } = options
  const client = createOpenAiClient({ baseUrl, fetch: createJsonFetch(options.fetch, apiKey || null) })
  let breaker: Breaker = CLOSED

  async function request(texts: readonly string[], signal: AbortSignal, withinMs: number): Promise<Embedded> {
    const stop = createRequestStop(signal)
    const cancel = clock.setTimeout(() => stop.now(new ProviderFailure('total_timeout')), withinMs)
    const estimate = estimateOf(texts)
    try {
      const body = { model, input: [...texts], encoding_format: 'float' as const }
      const requestOptions = { signal: stop.signal, maxRetries: 0, timeout: 2 * withinMs }
      const read = readVectors(await stop.before(client.embeddings.create(body, requestOptions)), texts.length)
      if (!read) return { kind: 'failed', code: 'malformed', usage: estimate }
      const { vectors, promptTokens } = read
      return { kind: 'vectors', vectors, usage: promptTokens === null ? estimate : { promptTokens, estimated: false } }
    } catch (thrown) {
      const { code } = stop.failure ?? failureOf(thrown, 'unreachable')
      return { kind: 'failed', code, usage: CHARGED.has(code) ? estimate : null }
    } finally {
      cancel()
      stop.now(null)
    }
  }

  return {
    model,
    get state() {
      return askBreaker(breaker, clock.now()).allowed ? 'ready' : 'breaker_open'
    },
    async embed(texts, { signal, withinMs }) {
      if (signal.aborted) return { kind: 'failed', code: 'aborted', usage: null }
      const asked = askBreaker(breaker, clock.now())
      if (!asked.allowed) return { kind: 'failed', code: 'breaker_open', usage: null }
      breaker = asked.breaker
      const embedded = await request(texts, signal, withinMs)
      const isBlameless = embedded.kind === 'failed' && BLAMELESS.has(embedded.code)
      const type: BreakerEvent['type'] = embedded.kind === 'vectors' ? 'succeeded' : isBlameless ? 'left' : 'failed'
      breaker = moveBreaker(breaker, { type, trial: asked.trial, now: clock.now() })
      return embedded
    },
  }
}

/** About so many tokens the texts have. */
export function estimateOf(texts: readonly string[]): EmbeddingUsage {
  const promptTokens = texts.reduce((sum, text) => sum + estimateTokens(text.length), 0)
  return { promptTokens, estimated: true }
}

/** The `fetch` that the openai package is given: what comes back can be parsed as JSON, as far as it is any. */
function createJsonFetch(fetch: typeof globalThis.fetch, apiKey: string | null): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await sendToServer({ fetch, apiKey, accept: 'application/json' }, input, init)
    const { text, isWhole } = await bodyText(response, MOST_BODY_BYTES)
    if (!isWhole) throw new ProviderFailure('malformed')
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  }
}
