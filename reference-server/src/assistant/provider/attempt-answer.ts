import type OpenAI from 'openai'
import { APIError } from 'openai'
import type { RealtimeClock } from '../../realtime/clock.js'
import { type AnswerIntake, createAnswerIntake } from './answer-intake.js'
import { charactersIn, estimateTokens } from './answer-limits.js'
import type { Finish, TokenUsage } from './answer-provider.js'
import { type AttemptDeadlines, type Deadlines, watchDeadlines } from './deadlines.js'
import { failureOf, ProviderFailure } from './provider-failure.js'
import { createRequestStop, type RequestStop } from './request-stop.js'
import { weighWritten } from './weigh-written.js'

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

/** How an attempt ended. */
export type AttemptEnd = {
  /** Null: nothing that anybody charges for. */
  usage: TokenUsage | null
  /** Some words have come. */
  said: boolean
} & ({ kind: 'finished'; finish: Finish } | { kind: 'failed'; failure: ProviderFailure })

/** A model may be thorough, and its tokens long. Beyond this the server does not keep to the length that it was given. */
const LENIENCY = 2

/** Yields the words of an answer as they come, and answers with how it ended. It does not throw. */
export async function* attemptAnswer(attempt: Attempt): AsyncGenerator<string, AttemptEnd> {
  const { client, body, clock, deadlines } = attempt
  const stop = createRequestStop(attempt.signal)
  const watch = watchDeadlines(clock, deadlines, (passed) =>
    stop.now(passed === 'tail_timeout' ? null : new ProviderFailure(passed)),
  )
  const intake = createAnswerIntake({
    most: LENIENCY * charactersIn(attempt.completionTokens),
    wantsUsage: Boolean(body.stream_options),
  })
  let answered = false
  let failure: ProviderFailure | null = null
  try {
    // The package's own retries and its ten minutes are replaced by what is injected here.
    const options = { signal: stop.signal, maxRetries: 0, timeout: 2 * deadlines.totalMs }
    const stream = await stop.before(client.chat.completions.create(body, options))
    answered = true
    watch.connected()
    yield* wordsOf(stream, intake, stop, watch)
  } catch (thrown) {
    // Stopped without a reason, it has only been waited for numbers.
    if (!stop.signal.aborted) failure = failureOf(inStream(thrown), answered ? 'cut' : 'unreachable')
    else failure = stop.failure
  } finally {
    watch.stop()
    stop.now(null)
  }
  return {
    said: intake.length > 0,
    usage: answered ? usageOf(body, intake) : null,
    ...outcomeOf(intake, failure),
  }
}

async function* wordsOf(
  stream: AsyncIterable<unknown>,
  intake: AnswerIntake,
  stop: RequestStop,
  watch: AttemptDeadlines,
): AsyncGenerator<string, void> {
  const chunks = stream[Symbol.asyncIterator]()
  for (;;) {
    const next = await stop.before(chunks.next())
    if (next.done) return
    const { text, over } = intake.take(next.value)
    if (intake.finish === null) watch.heard(intake.length > 0)
    else watch.ended()
    if (text) yield text
    if (over) return
  }
}

function outcomeOf(
  { finish, heard, length }: AnswerIntake,
  failure: ProviderFailure | null,
): { kind: 'finished'; finish: Finish } | { kind: 'failed'; failure: ProviderFailure } {
  if (finish === null) return { kind: 'failed', failure: failure ?? new ProviderFailure(heard ? 'cut' : 'malformed') }
  // Words and their end have come: that the numbers did not is no failure.
  if (failure?.code === 'aborted') return { kind: 'failed', failure }
  const isEmpty = length === 0 && (finish === 'stop' || finish === 'length')
  return isEmpty ? { kind: 'failed', failure: new ProviderFailure('empty') } : { kind: 'finished', finish }
}

/** An error that the server has sent in place of a chunk. The package's errors of connections have no body. */
function inStream(thrown: unknown): unknown {
  return thrown instanceof APIError && thrown.error !== undefined ? new ProviderFailure('server_error') : thrown
}

function usageOf(
  { messages }: OpenAI.ChatCompletionCreateParamsStreaming,
  { reported, length }: AnswerIntake,
): TokenUsage {
  if (reported) return { ...reported, estimated: false }
  const prompt = messages.reduce((sum, { content }) => sum + String(content ?? '').length, 0)
  return weighWritten({ promptTokens: estimateTokens(prompt), said: length })
}
