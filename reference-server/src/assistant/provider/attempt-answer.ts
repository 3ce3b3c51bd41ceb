import type OpenAI from 'openai'
import { APIError } from 'openai'
import type { RealtimeClock } from '../../realtime/clock.js'
import { charactersIn, estimateTokens } from './answer-limits.js'
import type { Finish, TokenUsage } from './answer-provider.js'
import { type Deadlines, watchDeadlines } from './deadlines.js'
import { failureOf, ProviderFailure } from './provider-failure.js'
import { type ChunkParts, readChunk } from './read-chunk.js'
import { createTextGate } from './text-gate.js'

/** One request for an answer. */
export interface Attempt {
  client: OpenAI
  body: OpenAI.ChatCompletionCreateParamsStreaming
  completionTokens: number
  clock: RealtimeClock
  deadlines: Deadlines
  /** Its reason is the `ProviderFailure` with which the attempt ends. */
  signal: AbortSignal
}

/** How an attempt ended, and what it has used; null: nothing that anybody charges for. */
export type AttemptEnd = { usage: TokenUsage | null; said: boolean } & (
  | { kind: 'finished'; finish: Finish }
  | { kind: 'failed'; failure: ProviderFailure }
)

/** A model may be thorough, and its tokens long. Beyond this the server does not keep to the length that it was given. */
const LENIENCY = 2

/** Yields the words of an answer as they come, and answers with how it ended. It does not throw. */
export async function* attemptAnswer(attempt: Attempt): AsyncGenerator<string, AttemptEnd> {
  const { client, body, clock } = attempt
  const stop = createStop(attempt.signal)
  const watch = watchDeadlines(clock, attempt.deadlines, (deadline) =>
    stop.now(deadline === 'tail_timeout' ? null : new ProviderFailure(deadline)),
  )
  const gate = createTextGate(LENIENCY * charactersIn(attempt.completionTokens))
  let [finish, reported, answered]: [Finish | null, ChunkParts['usage'], boolean] = [null, null, false]
  const end = (result: { kind: 'finished'; finish: Finish } | { kind: 'failed'; failure: ProviderFailure }) => ({
    ...result,
    said: gate.length > 0,
    usage: answered ? usageOf(body, gate.length, reported) : null,
  })
  try {
    // The package's own retries and its ten minutes are replaced by what is injected here.
    const options = { signal: stop.signal, maxRetries: 0, timeout: 2 * attempt.deadlines.totalMs }
    const stream = await stop.before(client.chat.completions.create(body, options))
    answered = true
    watch.connected()
    const chunks = stream[Symbol.asyncIterator]()
    let heard = false
    for (;;) {
      const next = await stop.before(chunks.next())
      if (next.done) break
      heard = true
      const parts = readChunk(next.value)
      if (parts.failed) throw new ProviderFailure('server_error')
      reported = parts.usage ?? reported
      if (finish === null) {
        const { text, ended } = gate.push(parts.text)
        watch.heard(gate.length > 0)
        if (text) yield text
        finish = parts.refused ? 'refusal' : ended ? 'length' : parts.finish
        // What is refused, or without an end, is not waited for.
        if (parts.refused || ended) break
        if (finish) watch.ended()
      }
      if (finish && (reported || !body.stream_options)) break
    }
    if (finish === null) throw new ProviderFailure(heard ? 'cut' : 'malformed')
  } catch (thrown) {
    const failure = stop.failure ?? failureOf(inStream(thrown), answered ? 'cut' : 'unreachable')
    // Words and their end have come: that the numbers did not is no failure.
    if (finish === null || stop.failure?.code === 'aborted') return end({ kind: 'failed', failure })
  } finally {
    watch.stop()
    stop.now(null)
  }
  const empty = gate.length === 0 && (finish === 'stop' || finish === 'length')
  return end(empty ? { kind: 'failed', failure: new ProviderFailure('empty') } : { kind: 'finished', finish })
}

/** An error that the server has sent in place of a chunk. The package's errors of connections have no body. */
function inStream(thrown: unknown): unknown {
  return thrown instanceof APIError && thrown.error !== undefined ? new ProviderFailure('server_error') : thrown
}

/** Stops the request, and whoever waits for it: also where a `fetch` does not heed its signal. */
function createStop(outer: AbortSignal) {
  const controller = new AbortController()
  let failure: ProviderFailure | null = null
  const stopped = new Promise<never>((_, reject) =>
    controller.signal.addEventListener('abort', () => reject(new ProviderFailure('aborted')), { once: true }),
  )
  stopped.catch(() => {})
  const now = (reason: ProviderFailure | null) => {
    outer.removeEventListener('abort', heed)
    if (controller.signal.aborted) return
    failure = reason
    controller.abort()
  }
  const heed = () => now(failureOf(outer.reason, 'aborted'))
  if (outer.aborted) heed()
  else outer.addEventListener('abort', heed, { once: true })
  return {
    signal: controller.signal,
    now,
    before: <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped]),
    get failure() {
      return failure
    },
  }
}

function usageOf(
  body: OpenAI.ChatCompletionCreateParamsStreaming,
  said: number,
  reported: ChunkParts['usage'],
): TokenUsage {
  if (reported) return { ...reported, estimated: false }
  const prompt = body.messages.reduce((sum, { content }) => sum + String(content ?? '').length, 0)
  return { promptTokens: estimateTokens(prompt), completionTokens: estimateTokens(said), estimated: true }
}
