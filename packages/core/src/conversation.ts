import type { ChatMessage, SaidPart } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Unsubscribe } from './ports.js'
import type { TypingAuthor } from './state/conversation-state.js'
import type { ConversationInfo, TimelineEntry } from './state/views.js'

export type { TypingAuthor } from './state/conversation-state.js'
export type { ChangeView, ConversationInfo, DeliveryState, MessageView, TimelineEntry } from './state/views.js'

/** One conversation, live. The visitor's client is one; an agent's client opens many. */
export interface ConversationHandle {
  readonly $timeline: ReadableAtom<readonly TimelineEntry[]>
  readonly $conversation: ReadableAtom<ConversationInfo>
  /** Who types, without oneself, and what the assistant has written by now. */
  readonly $typing: ReadableAtom<readonly TypingAuthor[]>
  /**
   * Queues a message (on disk before anything is sent) and shows it at once.
   * Resolves with its place in the log; rejects with the server's refusal, upon which the entry is `failed`.
   */
  sendMessage(content: string | readonly SaidPart[]): Promise<ChatMessage>
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
