import type { RealtimeClock } from '../../realtime/clock.js'
import type { AnswerProvider, AnswerRequest, ProviderErrorCode, ProviderEvent, TokenUsage } from './answer-provider.js'
import { type AttemptEnd, attemptAnswer } from './attempt-answer.js'
import { buildPrompt } from './build-prompt.js'
import { askBreaker, type Breaker, type BreakerEvent, CLOSED, moveBreaker } from './circuit-breaker.js'
import { DEADLINES, type Deadlines } from './deadlines.js'
import { createOpenAiClient } from './openai-client.js'
import { createOpenAiFetch } from './openai-fetch.js'
import { failureOf, ProviderFailure } from './provider-failure.js'
import { DEFAULT_CAPS, optionalFields, type RequestCaps, withoutField } from './request-fields.js'

/** Where a model is, and what is injected. */
export interface OpenAiProviderOptions {
  /** With its version, as `https://api.openai.com/v1`. */
  baseUrl: string
  /** Null: the server wants none. */
  apiKey: string | null
  model: string
  fetch: typeof globalThis.fetch
  clock: RealtimeClock
  deadlines?: Partial<Deadlines>
  caps?: Partial<RequestCaps>
}

/** Before the one retry. */
const PAUSE_MS = 300
/** A server that asks for more than this is not waited for: there is another way to answer. */
const LONGEST_PAUSE_MS = 2_000
/** Each optional field may be rejected once, and the length by two names. */
const MOST_REJECTED_FIELDS = 4

/** Of these a provider is not to blame. */
const BLAMELESS: ReadonlySet<ProviderErrorCode> = new Set(['aborted', 'rejected'])

/**
 * Answers by any server that speaks Chat Completions. No tools and no schema are ever sent: what comes is prose, and a draft.
 * What a server rejects by name and how it has failed lately is remembered here, so make one of it for each server and model.
 */
export function createOpenAiProvider(options: OpenAiProviderOptions): AnswerProvider {
  const { baseUrl, apiKey, model, clock } = options
  const client = createOpenAiClient({ baseUrl, fetch: createOpenAiFetch(options.fetch, apiKey || null) })
  const deadlines = { ...DEADLINES, ...options.deadlines }
  let caps: RequestCaps = { ...DEFAULT_CAPS, ...options.caps }
  let breaker: Breaker = CLOSED

  /** Whether another attempt is made, and all that comes before it. */
  async function prepareAnother(end: AttemptEnd, tries: Tries, signal: AbortSignal): Promise<boolean> {
    if (end.kind === 'finished') return false
    if (end.failure.field && tries.rejected < MOST_REJECTED_FIELDS) {
      tries.rejected++
      caps = withoutField(caps, end.failure.field)
      return true
    }
    const pauseMs = tries.retried ? null : pauseBefore(end)
    tries.retried = true
    return pauseMs !== null && pause(clock, pauseMs, signal)
  }

  /** The words of the attempts, and how the last one ended. Only before its first word there is another one. */
  async function* attempts(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent, AttemptEnd> {
    const { messages } = buildPrompt(request)
    const { completionTokens } = request.limits
    const tries: Tries = { retried: false, rejected: 0 }
    let usage: TokenUsage | null = null
    for (;;) {
      const body = { model, messages, stream: true as const, ...optionalFields(caps, completionTokens) }
      const end = yield* asDeltas(attemptAnswer({ client, body, completionTokens, clock, deadlines, signal }))
      usage = sum(usage, end.usage)
      if (!(await prepareAnother(end, tries, signal))) return { ...end, usage }
    }
  }

  async function* answer(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    if (signal.aborted) return yield { type: 'error', code: 'aborted', retryable: false }
    const asked = askBreaker(breaker, clock.now())
    if (!asked.allowed) return yield { type: 'error', code: 'breaker_open', retryable: true }
    breaker = asked.breaker
    // Whoever leaves the iterator has said nothing about the provider.
    let outcome: BreakerEvent['type'] = 'left'
    const whole = createWhole(signal, clock, deadlines.totalMs)
    try {
      const end = yield* attempts(request, whole.signal)
      const last = lastEvent(end, whole.signal)
      // Before whoever reads may leave: they have all that counts.
      outcome = last.type === 'done' ? 'succeeded' : BLAMELESS.has(last.code) ? 'left' : 'failed'
      if (end.usage) yield { type: 'usage', ...end.usage }
      yield last
    } finally {
      whole.end()
      breaker = moveBreaker(breaker, { type: outcome, trial: asked.trial, now: clock.now() })
    }
  }

  return {
    answer,
    capabilities: () => ({
      kind: 'openai-compatible',
      model,
      state: askBreaker(breaker, clock.now()).allowed ? 'ready' : 'breaker_open',
      usage: caps.usageInStream ? 'reported' : 'estimated',
    }),
  }
}

/** What was tried for one answer. */
interface Tries {
  retried: boolean
  rejected: number
}

/** What an answer ends with. Its signal may have come in a pause, after an attempt that failed for another reason. */
function lastEvent(end: AttemptEnd, signal: AbortSignal): Extract<ProviderEvent, { type: 'done' | 'error' }> {
  if (end.kind === 'finished') return { type: 'done', finish: end.finish }
  const { code, retryable } = signal.aborted ? failureOf(signal.reason, 'aborted') : end.failure
  return { type: 'error', code, retryable }
}

/** How long to wait before another attempt; null: there is none. After the first word a second answer would only confuse. */
function pauseBefore(end: AttemptEnd): number | null {
  if (end.kind === 'finished' || end.said || !end.failure.retryable) return null
  const ms = end.failure.retryAfterMs ?? PAUSE_MS
  return ms <= LONGEST_PAUSE_MS ? ms : null
}

/** The words of an attempt as events, and how it ended. */
async function* asDeltas<End>(attempt: AsyncGenerator<string, End>): AsyncGenerator<ProviderEvent, End> {
  try {
    for (;;) {
      const next = await attempt.next()
      if (next.done) return next.value
      yield { type: 'delta', text: next.value }
    }
  } finally {
    // Ends the request where whoever reads has left.
    await attempt.return(undefined as never)
  }
}

/** The signal of an answer with all its attempts: the caller's, and the end of its time. */
function createWhole(outer: AbortSignal, clock: RealtimeClock, totalMs: number) {
  const controller = new AbortController()
  const heed = () => controller.abort(new ProviderFailure('aborted'))
  outer.addEventListener('abort', heed, { once: true })
  const cancel = clock.setTimeout(() => controller.abort(new ProviderFailure('total_timeout')), totalMs)
  return {
    signal: controller.signal,
    end() {
      cancel()
      outer.removeEventListener('abort', heed)
    },
  }
}

/** Waits; false: the signal came first. */
function pause(clock: RealtimeClock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const stop = () => {
      cancel()
      resolve(false)
    }
    const cancel = clock.setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve(true)
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}

function sum(before: TokenUsage | null, more: TokenUsage | null): TokenUsage | null {
  if (!before || !more) return before ?? more
  return {
    promptTokens: before.promptTokens + more.promptTokens,
    completionTokens: before.completionTokens + more.completionTokens,
    estimated: before.estimated || more.estimated,
  }
}
