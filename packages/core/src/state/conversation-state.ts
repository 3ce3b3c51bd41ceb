import type {
  Author,
  ChatError,
  ConversationStatus,
  LogEvent,
  ReadMarks,
  ResumeCursor,
  SaidPart,
} from '@chatdesk/protocol'

/** A message that its author has written and whose event this client has not seen in the log (D2: acked is not settled). */
export interface OutboxEntry {
  readonly clientMessageId: string
  readonly parts: readonly SaidPart[]
  /** ISO 8601, by the author's clock; orders nothing. */
  readonly createdAt: string
  readonly delivery: 'queued' | 'sending' | 'sent' | 'failed'
  /** Where the server says that it stands. */
  readonly seq?: number | undefined
  readonly error?: ChatError | undefined
}

/** Somebody who types. `draft`: of the assistant, what it has written by now (B7). */
export interface TypingAuthor extends Author {
  draft?: string | undefined
}

/** A sign of typing. */
export interface TypingSign {
  readonly author: TypingAuthor
  /** Milliseconds since the epoch; the sign counts until then. */
  readonly until: number
}

/** All that a client knows of one conversation. What is shown is a pure function of it. */
export interface ConversationState {
  /** Who writes here. An agent's id is known once the session is open. */
  readonly self: Author
  readonly id: string | null
  readonly status: ConversationStatus
  readonly agent: Author | null
  /** The held part of the log: ascending, without a hole, without a repetition (Q4). */
  readonly events: readonly LogEvent[]
  /** The highest `seq` that is known to exist. Above the last event's there is a hole. */
  readonly headSeq: number
  /** The hole is being asked for. */
  readonly filling: boolean
  readonly reachedStart: boolean
  readonly synced: boolean
  readonly reads: ReadMarks
  readonly typing: readonly TypingSign[]
  /** In the order in which they were written. */
  readonly outbox: readonly OutboxEntry[]
}

/** What the client does after a reduction. */
export type ConversationEffect =
  /** Ask for the oldest events above `afterSeq`. */
  | { type: 'history.load'; afterSeq: number; limit: number }
  /** A message arrived live, or one's own was found in the log (`settled`). Once for each message. */
  | { type: 'message'; message: Extract<LogEvent, { type: 'message.created' }>; settled: boolean }
  /** The outbox is not what the disk says. */
  | { type: 'outbox.changed' }

/** A state and what is to be done about it. */
export interface Reduction {
  readonly state: ConversationState
  readonly effects: readonly ConversationEffect[]
}

/** A state with nothing more to be done. */
export function only(state: ConversationState): Reduction {
  return { state, effects: [] }
}

/** A conversation of which nothing is known. */
export function unknownConversation(self: Author, id: string | null): ConversationState {
  return {
    self,
    id,
    status: 'waiting',
    agent: null,
    events: [],
    headSeq: 0,
    filling: false,
    reachedStart: false,
    synced: false,
    reads: { visitor: 0, team: 0 },
    typing: [],
    outbox: [],
  }
}

/** The last `seq` that is held without a hole; 0 before the first. */
export function lastSeq(state: Pick<ConversationState, 'events'>): number {
  return state.events.at(-1)?.seq ?? 0
}

/** Which of the two read marks is this client's own. */
export function ownSide({ self }: Pick<ConversationState, 'self'>): 'visitor' | 'team' {
  return self.kind === 'visitor' ? 'visitor' : 'team'
}

/** H2: a side has read so far, if it had not before. */
export function markRead(state: ConversationState, side: keyof ReadMarks, upToSeq: number): ConversationState {
  return { ...state, reads: { ...state.reads, [side]: Math.max(state.reads[side], upToSeq) } }
}

/** Whether two authors are one. */
export function isSame(a: Author, b: Author): boolean {
  return a.kind === b.kind && a.id === b.id
}

/** Whether this client's user is the author. A visitor is alone on its side; agents are told apart by id. */
export function isSelf({ self }: Pick<ConversationState, 'self'>, author: Author): boolean {
  return author.kind === self.kind && (self.kind === 'visitor' || author.id === self.id)
}

/** How far the log is held, for the server to go on from; of a conversation of which nothing is held, that it is the one (R1). */
export function cursorOf({ id, events }: ConversationState): ResumeCursor[] {
  const last = events.at(-1)
  return id === null ? [] : [{ conversationId: id, seq: last?.seq ?? 0, eventId: last?.id }]
}

/** Whether something is on its way into the conversation, or waits to be (C12). */
export function hasUnsettled({ outbox }: ConversationState): boolean {
  return outbox.some(({ delivery }) => delivery !== 'failed')
}

/** Another conversation, of which nothing is known; what its author has written goes along. */
export function movedTo({ self, outbox }: ConversationState, id: string | null): ConversationState {
  return { ...unknownConversation(self, id), outbox }
}
