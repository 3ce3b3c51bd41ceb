import type { TicketStatus } from '@chatdesk/protocol'
import type { Passage } from '../answering/citation.js'
import type { AnswerLimits } from './answer-limits.js'

/**
 * Puts an answer in words, from passages that were found. It decides nothing: what it writes is a draft, which `replyFromProse` checks.
 * Whatever happens ends in an event; neither `answer` nor its iterator throws.
 */
export interface AnswerProvider {
  /**
   * Deltas, then what it has used, then one event that ends it: `done` or `error`. An aborted signal stops the request, as does leaving
   * the iterator.
   */
  answer(request: AnswerRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>
  capabilities(): ProviderCapabilities
}

/** All that a provider is told. */
export interface AnswerRequest {
  /** What is to be written; by default `answer`. `summary`: for the team, of what was said, each passage a message. */
  task?: 'answer' | 'summary' | undefined
  /** What the visitor asks now. */
  turn: string
  /** What was found for it, the best first, and behind it the items of the visitor's account; the first is cited as [1]. */
  passages: readonly Passage[]
  /** What was said before in this episode, the oldest first. */
  history: readonly HistoryLine[]
  /** What the visitor has had tickets for, the newest first. They help to understand a question; nothing may be cited from them. */
  tickets?: readonly TicketLine[] | undefined
  persona: Persona
  limits: AnswerLimits
}

/** Something that was said earlier in a conversation. */
export interface HistoryLine {
  from: 'visitor' | 'assistant' | 'agent'
  text: string
}

/** A ticket of the visitor's, as far as a provider is told of it: nothing of who works on it, and nothing of what was noted. */
export interface TicketLine {
  number: number
  /** Null: its words were taken by an erasure. */
  title: string | null
  status: TicketStatus
  /** Days, as `2026-11-23`. */
  opened: string
  solved: string | null
}

/** As whom the assistant speaks. Both are names; neither is an instruction. */
export interface Persona {
  name: string
  organization: string
  tone: 'friendly' | 'formal' | 'brief'
}

/** What comes of an answer, one after another. */
export type ProviderEvent =
  | { type: 'delta'; text: string }
  /** What is charged to the budget, over all attempts; at most once. `estimated`: the provider has not said it. */
  | ({ type: 'usage' } & TokenUsage)
  | { type: 'done'; finish: Finish }
  /** `retryable`: a later turn may fare better. What was said before it is an unfinished draft. */
  | { type: 'error'; code: ProviderErrorCode; retryable: boolean }

/** Tokens of an answer. */
export interface TokenUsage {
  promptTokens: number
  completionTokens: number
  estimated: boolean
}

/** Why an answer ended in good order. `length`: its last sentence may be cut off. `refusal`: the model would not, and has said nothing. */
export type Finish = 'stop' | 'length' | 'content_filter' | 'refusal'

/** Why an answer ended otherwise. Closed, and without a text: whatever a server says of an error may hold a key or a question. */
export type ProviderErrorCode =
  | 'aborted'
  | 'breaker_open'
  | 'connect_timeout'
  | 'first_token_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  /** No connection came about. */
  | 'unreachable'
  /** The connection ended in the middle of an answer. */
  | 'cut'
  /** What came is no stream of an answer: a page, something else than JSON, nothing at all. */
  | 'malformed'
  /** An answer without a word. */
  | 'empty'
  | 'unauthorised'
  | 'rate_limited'
  | 'quota_spent'
  /** The request is at fault: a model that is not there, a prompt that is too long. */
  | 'rejected'
  | 'server_error'

/** What may be expected of a provider at this moment. */
export interface ProviderCapabilities {
  kind: 'openai-compatible' | 'scripted'
  model: string
  /** As policies ask it. */
  state: 'ready' | 'breaker_open'
  /** Whether the provider says what it has used. */
  usage: 'reported' | 'estimated'
}
