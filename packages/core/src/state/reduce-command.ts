import type { Author, ChatError, SaidPart } from '@chatdesk/protocol'
import { fillHole } from './apply-events.js'
import {
  type ConversationState,
  lastSeq,
  markRead,
  movedTo,
  type OutboxEntry,
  only,
  ownSide,
  type Reduction,
} from './conversation-state.js'

/** What happens on this side of the wire. */
export type ConversationCommand =
  /** The author has written a message: it is shown before anything is sent (Q6). */
  | { type: 'message.queued'; clientMessageId: string; parts: readonly SaidPart[]; createdAt: string }
  /** What an earlier page left on disk; it was written before anything that stands here alone. */
  | { type: 'outbox.restored'; entries: readonly OutboxEntry[] }
  | { type: 'message.sending'; clientMessageId: string }
  | { type: 'message.acked'; clientMessageId: string; seq: number }
  /** Not answered, or refused for a while. */
  | { type: 'message.requeued'; clientMessageId: string }
  /** Refused for good. */
  | { type: 'message.refused'; clientMessageId: string; error: ChatError }
  | { type: 'message.retried'; clientMessageId: string }
  | { type: 'message.discarded'; clientMessageId: string }
  | { type: 'connection.lost' }
  /** A new one, or one that an earlier page has left something for (not `synced`); null: nobody's. */
  | { type: 'conversation.moved'; conversationId: string | null; synced: boolean }
  | { type: 'self.known'; self: Author }
  /** A `history.load` for the hole above `afterSeq` was answered, or failed. */
  | { type: 'fill.ended'; afterSeq: number }
  /** This side has read so far; shown before the server knows. */
  | { type: 'reads.marked'; upToSeq: number }
  /** `now` in milliseconds since the epoch. */
  | { type: 'typing.expired'; now: number }

/** What a command makes of a conversation. */
export function reduceCommand(state: ConversationState, command: ConversationCommand): Reduction {
  switch (command.type) {
    case 'message.queued': {
      const { type: _, ...message } = command
      return withOutbox(state, [...state.outbox, { ...message, delivery: 'queued' }])
    }
    case 'outbox.restored': {
      // Where an entry stands, the first of the two says; how it is, the last.
      const entries = new Map([...command.entries, ...state.outbox].map((entry) => [entry.clientMessageId, entry]))
      return withOutbox(state, [...entries.values()])
    }
    case 'message.sending':
      return changed(state, command.clientMessageId, { delivery: 'sending' })
    case 'message.acked':
      return acked(state, command.clientMessageId, command.seq)
    case 'message.requeued':
      return changed(state, command.clientMessageId, { delivery: 'queued' })
    case 'message.refused':
      return withOutbox(changed(state, command.clientMessageId, { delivery: 'failed', error: command.error }).state)
    case 'message.retried':
      return withOutbox(changed(state, command.clientMessageId, { delivery: 'queued', error: undefined }).state)
    case 'message.discarded':
      return withOutbox(
        state,
        state.outbox.filter((entry) => entry.clientMessageId !== command.clientMessageId),
      )
    case 'connection.lost':
      return only({ ...state, outbox: requeue(state.outbox), filling: false, typing: [] })
    case 'conversation.moved':
      return only({ ...movedTo(state, command.conversationId), synced: command.synced, reachedStart: command.synced })
    case 'self.known':
      return only({ ...state, self: command.self })
    case 'fill.ended': {
      const ended = only({ ...state, filling: false })
      // Without progress it is not asked again at once: the next frame or heartbeat does that.
      return lastSeq(state) > command.afterSeq ? fillHole(ended) : ended
    }
    case 'reads.marked':
      return only(markRead(state, ownSide(state), command.upToSeq))
    case 'typing.expired':
      return only({ ...state, typing: state.typing.filter((sign) => sign.until > command.now) })
  }
}

/**
 * Acked is not settled: the entry waits for its event. If the log is held beyond `seq` already, the event is older than
 * what is held, and is asked for by itself.
 */
function acked(state: ConversationState, clientMessageId: string, seq: number): Reduction {
  const { state: sent } = changed(state, clientMessageId, { delivery: 'sent', seq })
  if (seq > lastSeq(state) || !state.outbox.some((entry) => entry.clientMessageId === clientMessageId))
    return only(sent)
  return { state: sent, effects: [{ type: 'history.load', afterSeq: seq - 1, limit: 1 }] }
}

function changed(state: ConversationState, clientMessageId: string, change: Partial<OutboxEntry>): Reduction {
  return only({
    ...state,
    outbox: state.outbox.map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, ...change } : entry)),
  })
}

function withOutbox(state: ConversationState, outbox = state.outbox): Reduction {
  return { state: { ...state, outbox }, effects: [{ type: 'outbox.changed' }] }
}

/** What is not settled is sent again on every connection, answered or not (D2). */
function requeue(outbox: ConversationState['outbox']): ConversationState['outbox'] {
  return outbox.map((entry) => (entry.delivery === 'failed' ? entry : { ...entry, delivery: 'queued', seq: undefined }))
}
