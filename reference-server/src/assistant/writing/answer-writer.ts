import type { Logger } from '../../platform/logger.js'
import type { Citation, Passage } from '../answering/citation.js'
import type {
  AnswerProvider,
  AnswerRequest,
  Finish,
  ProviderErrorCode,
  TokenUsage,
} from '../provider/answer-provider.js'
import { buildPrompt } from '../provider/build-prompt.js'
import { createReplyStream } from '../provider/reply-stream.js'
import { weighWritten } from '../provider/weigh-written.js'
import { untilLeft } from './until-left.js'
import type { UsageEnd, UsageMeter } from './usage-meter.js'

/** What is to be written, and until when. */
export interface WritingTask {
  organizationId: string
  conversationId: string
  request: AnswerRequest
  /** Nobody wants it any more: another has the floor. */
  abandoned: AbortSignal
  /** There is no more time: what has come by now must do. */
  hurry: AbortSignal
  /** All sentences that hold, as soon as there is another one. What comes of the answer in the end may have fewer. */
  onDraft: (text: string) => void
}

/** What has come of it. `sources`: the documents that it cites, each once. */
export type Written =
  | { kind: 'reply'; text: string; sources: Source[] }
  /** Too little of it holds; `refused`: the model would not, and has written nothing. */
  | { kind: 'suggestions'; refused: boolean }
  /** It broke off; what had come holds. */
  | { kind: 'unfinished'; text: string; sources: Source[] }
  /** Nobody has written anything: the knowledge base's own words are left. */
  | { kind: 'nothing'; because: 'budget_spent' | 'switched_off' | 'breaker_open' | 'failed' }
  | { kind: 'abandoned' }

/** A document that an answer cites; `of`: it is none, but the visitor's account. */
export type Source = Pick<Citation, 'docId' | 'title' | 'url'> & Pick<Passage, 'of'>

/** Has answers written by a provider, within the budget, and lets through what the passages bear out. */
export interface AnswerWriter {
  readonly state: 'ready' | 'breaker_open'
  write(task: WritingTask): Promise<Written>
}

/** A writer. `now` in milliseconds. */
export function createAnswerWriter({
  provider,
  meter,
  now,
  logger,
}: {
  provider: AnswerProvider
  meter: UsageMeter
  now: () => number
  logger: Logger
}): AnswerWriter {
  return {
    get state() {
      return provider.capabilities().state
    },
    async write(task) {
      const { organizationId, conversationId, request } = task
      const { kind, model } = provider.capabilities()
      const reserved = {
        promptTokens: buildPrompt(request).estimatedTokens,
        completionTokens: request.limits.completionTokens,
      }
      const reservation = await meter.reserve({
        ...{ organizationId, conversationId, provider: kind, model },
        ...reserved,
      })
      if (reservation.kind === 'refused') return { kind: 'nothing', because: reservation.because }
      const began = now()
      const heard = await listen(provider, task, () => now() - began)
      if (heard.thrown !== null)
        logger.warn({ conversationId, error: heard.thrown }, 'a provider has thrown, in place of saying what is wrong')
      const written = writtenOf(heard, task)
      const { firstTokenMs, finish, code } = heard
      const end = {
        outcome: OUTCOMES[written.kind],
        code: finish ?? code,
        usage: usageOf(heard, reserved),
        firstTokenMs,
        latencyMs: now() - began,
      }
      // Nobody is left without an answer for want of a number: what was reserved counts then.
      await reservation
        .settle(end)
        .catch((error) => logger.warn({ err: error, conversationId }, 'what an answer has cost could not be kept'))
      return written
    },
  }
}

const OUTCOMES: Record<Written['kind'], UsageEnd['outcome']> = {
  reply: 'answered',
  suggestions: 'downgraded',
  unfinished: 'unfinished',
  nothing: 'failed',
  abandoned: 'stopped',
}

/** What a provider has said. */
interface Heard {
  stream: ReturnType<typeof createReplyStream>
  /** Null: it broke off, and `code` says why. */
  finish: Finish | null
  code: ProviderErrorCode | null
  usage: TokenUsage | null
  /** Characters that have come, whatever holds of them. */
  said: number
  firstTokenMs: number | null
  /** The name of what it has thrown, which it must not. No more: the rest may hold a key or a question. */
  thrown: string | null
  /** It has not ended by itself, and may still be at work, or has been. */
  isLeft: boolean
}

/** It ends soon after either signal, and without an exception, whatever the provider does. */
async function listen(provider: AnswerProvider, task: WritingTask, passedMs: () => number): Promise<Heard> {
  const { request, abandoned, hurry, onDraft } = task
  const heard: Heard = {
    stream: createReplyStream(request.passages),
    ...{ finish: null, code: null, usage: null, said: 0, firstTokenMs: null, thrown: null, isLeft: false },
  }
  const shown: string[] = []
  const signal = AbortSignal.any([abandoned, hurry])
  for await (const event of untilLeft(() => provider.answer(request, signal), signal)) {
    switch (event.type) {
      case 'delta': {
        heard.firstTokenMs ??= passedMs()
        heard.said += event.text.length
        const fresh = heard.stream.push(event.text)
        if (fresh.length === 0 || abandoned.aborted) break
        shown.push(...fresh)
        onDraft(shown.join(' '))
        break
      }
      case 'usage':
        heard.usage = event
        break
      case 'done':
        heard.finish = event.finish
        break
      case 'error':
        heard.code = event.code
        break
      case 'thrown':
        heard.code = 'server_error'
        heard.thrown = event.name
        heard.isLeft = heard.firstTokenMs !== null
        break
      case 'left':
        heard.code = 'aborted'
        heard.isLeft = true
    }
  }
  return heard
}

/** Null: nothing that anybody charges for. A provider of the host's need not say what it has used. */
function usageOf(
  { usage, said, finish, isLeft }: Heard,
  { promptTokens, completionTokens }: Pick<TokenUsage, 'promptTokens' | 'completionTokens'>,
): TokenUsage | null {
  if (usage) return usage
  if (isLeft) return weighWritten({ promptTokens, said, most: completionTokens })
  return said > 0 || finish !== null ? weighWritten({ promptTokens, said }) : null
}

function writtenOf({ stream, finish, code }: Heard, { abandoned, request }: WritingTask): Written {
  if (abandoned.aborted) return { kind: 'abandoned' }
  const { reply } = stream.end(finish)
  if (reply.kind === 'answer')
    return {
      kind: finish === null ? 'unfinished' : 'reply',
      text: reply.text,
      sources: sourcesOf(reply.citations, request.passages),
    }
  if (finish !== null) return { kind: 'suggestions', refused: finish === 'refusal' || finish === 'content_filter' }
  return { kind: 'nothing', because: code === 'breaker_open' ? 'breaker_open' : 'failed' }
}

/** In the order in which they were found. */
function sourcesOf(citations: readonly Citation[], passages: readonly Passage[]): Source[] {
  const cited = new Set(citations.map(({ docId }) => docId))
  const sources = new Map(passages.map(({ docId, title, url, of }) => [docId, { docId, title, url, of }]))
  return [...sources.values()].filter(({ docId }) => cited.has(docId))
}
