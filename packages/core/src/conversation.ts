import type {
  Author,
  ChatError,
  ChatMessage,
  ConversationChange,
  ConversationStatus,
  MessagePart,
} from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Unsubscribe } from './ports.js'

/**
 * `queued`: on disk, waits for a connection · `sending`: handed over, not yet answered · `sent`: in the log ·
 * `read`: seen by the other side · `failed`: refused, stays until it is retried or discarded.
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'read' | 'failed'

/** A message as a user interface shows it: from the log, or one's own on its way there. */
export interface MessageView {
  type: 'message'
  /** Stable from the first keystroke to the log and beyond: `clientMessageId` where there is one, else the event's id. */
  key: string
  /** Absent while the message is not in the log. */
  seq?: number | undefined
  author: Author
  /** Written by this client's own side (the visitor; for an agent: any agent of the team). */
  own: boolean
  parts: readonly MessagePart[]
  createdAt: string
  delivery: DeliveryState
  /** Why it failed. */
  error?: ChatError | undefined
}

/** A change of status or agent as a quiet line between messages. */
export interface ChangeView {
  type: 'change'
  key: string
  seq: number
  change: ConversationChange
}

/** What stands in a conversation, in order: the log by `seq`, then what is on its way. */
export type TimelineEntry = MessageView | ChangeView

/** Facts about a conversation beside its timeline. */
export interface ConversationInfo {
  /** Null until the visitor's first message has made one. */
  id: string | null
  status: ConversationStatus
  agent: Author | null
  /** Older events are on the server. */
  hasOlder: boolean
  /** The log has been read at least once, so that an empty timeline means an empty conversation. */
  synced: boolean
}

/** One conversation, live. The visitor's client is one; an agent's client opens many. */
export interface ConversationHandle {
  readonly $timeline: ReadableAtom<readonly TimelineEntry[]>
  readonly $conversation: ReadableAtom<ConversationInfo>
  /** Who types, without oneself. */
  readonly $typing: ReadableAtom<readonly Author[]>
  /**
   * Queues a message (on disk before anything is sent) and shows it at once.
   * Resolves with its place in the log; rejects with the server's refusal, upon which the entry is `failed`.
   */
  sendMessage(content: string | readonly MessagePart[]): Promise<ChatMessage>
  /** Sends a `failed` message again under the same id. */
  retryMessage(key: string): Promise<ChatMessage>
  /** Takes a `failed` or `queued` message away. */
  discardMessage(key: string): Promise<void>
  /** Puts up to 50 older events before the timeline. */
  loadOlder(): Promise<{ reachedStart: boolean }>
  /** Says that the reader has seen everything there is. */
  markRead(): void
  /** Says that the author types or has stopped; rate-limited here, so call it on every keystroke. */
  setTyping(active: boolean): void
  /** Ends the conversation. */
  end(): Promise<void>
}

/** Typed listeners; one that throws does not stop the rest. */
export interface EventSource<Events> {
  on<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): Unsubscribe
}
