import type { Author, ChatError, ConversationChange, ConversationStatus, MessagePart } from '@chatdesk/protocol'

/**
 * `queued`: waits for a connection, or for the disk · `sending`: handed over, not yet answered · `sent`: in the log ·
 * `read`: seen by the other side · `failed`: refused, stays until it is retried or discarded.
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'read' | 'failed'

/** A message as a user interface shows it: from the log, or one's own on its way there. */
export interface MessageView {
  type: 'message'
  /** Stable from the first keystroke to the log and beyond: `clientMessageId` of what this author wrote, else the event's id. */
  key: string
  /** Absent while the message is not in the log. */
  seq?: number | undefined
  author: Author
  /** Written by this client's own side (the visitor; for an agent: anybody but the visitor). */
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
