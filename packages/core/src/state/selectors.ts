import type { ChatMessage, LogEvent } from '@chatdesk/protocol'
import { type ConversationState, isSelf, type OutboxEntry, ownSide, type TypingAuthor } from './conversation-state.js'
import type { ConversationInfo, MessageView, TimelineEntry } from './views.js'

/**
 * Makes a selector of the timeline that gives the same object for an event that is shown as before,
 * so that a user interface draws only what is not.
 */
export function createTimelineSelector(): (state: ConversationState) => readonly TimelineEntry[] {
  let before: ConversationState | undefined
  let log: readonly TimelineEntry[] = []

  return (state) => {
    const { events, outbox, self } = state
    const was = before?.events ?? []
    // Older ones come before what is held.
    const shift = (events[0]?.seq ?? 0) - (was[0]?.seq ?? 0)
    const [read, readBefore] = [state, before ?? state].map(readByOther) as [number, number]
    const known = log
    log = events.map((event, index) => {
      const isSame =
        event === was[index + shift] && self === before?.self && event.seq > read === event.seq > readBefore
      return (isSame && known[index + shift]) || shown(state, event)
    })
    before = state
    return [...log, ...outbox.map((entry) => shown(state, entry))]
  }
}

function shown(state: ConversationState, source: LogEvent | OutboxEntry): TimelineEntry {
  if (!('type' in source)) {
    const { clientMessageId: key, ...rest } = source
    return { type: 'message', key, author: state.self, own: true, ...rest }
  }
  if (source.type === 'message.created') return messageView(state, source)
  return { type: 'change', key: source.id, seq: source.seq, change: source }
}

/** How far the other side has read. */
const readByOther = (state: ConversationState): number => state.reads[ownSide(state) === 'visitor' ? 'team' : 'visitor']

/** A message of the log as it is shown. */
export function messageView(state: ConversationState, message: ChatMessage): MessageView {
  const { clientMessageId, id, seq, author, parts, createdAt } = message
  // Another author may have used the same client message id: only one's own is a key.
  const key = (isSelf(state, author) && clientMessageId) || id
  const own = ownSide({ self: author }) === ownSide(state)
  const delivery = own && seq <= readByOther(state) ? 'read' : 'sent'
  return { type: 'message', key, seq, author, own, parts, createdAt, delivery }
}

/** Facts beside the timeline. */
export function selectInfo(state: ConversationState): ConversationInfo {
  const { id, status, agent, synced, reachedStart } = state
  return { id, status, agent, hasOlder: synced && !reachedStart, synced }
}

/** Held messages of the other side that this side has not read. */
export function selectUnread(state: ConversationState): number {
  const { events, reads } = state
  const own = ownSide(state)
  // The log has no holes: what lies above the mark is its end.
  return events
    .slice(Math.max(0, reads[own] + 1 - (events[0]?.seq ?? 0)))
    .filter(({ type, author }) => type === 'message.created' && ownSide({ self: author }) !== own).length
}

/** Who types, without oneself. Signs that have run out are taken away by `typing.expired`. */
export function selectTyping(state: ConversationState): readonly TypingAuthor[] {
  return state.typing.map(({ author }) => author)
}
