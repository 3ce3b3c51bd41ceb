import type { Author, ChatMessage } from '@chatdesk/protocol'
import { type ConversationState, isSelf, ownSide } from './conversation-state.js'
import type { ConversationInfo, MessageView, TimelineEntry } from './views.js'

/**
 * Makes a selector of the timeline that gives the same object for an entry that has not changed,
 * so that a user interface draws only what did.
 */
export function createTimelineSelector(): (state: ConversationState) => readonly TimelineEntry[] {
  const views = new WeakMap<object, TimelineEntry>()
  let before: ConversationState | undefined
  let log: TimelineEntry[] = []

  return (state) => {
    const view = (source: object, self: Author, make: () => TimelineEntry): TimelineEntry => {
      const known = views.get(source)
      const made = make()
      if (known && same(known, made) && (known.type === 'change' || known.author === self)) return known
      views.set(source, made)
      return made
    }
    // The commonest change is one more event: thousands of others are not looked at for it.
    const last = before?.self === state.self && readByOther(before) === readByOther(state) ? before.events : []
    log = state.events.map((event, index) =>
      event === last[index]
        ? (log[index] as TimelineEntry)
        : view(event, event.author, () =>
            event.type === 'conversation.changed'
              ? { type: 'change', key: event.id, seq: event.seq, change: event }
              : messageView(state, event),
          ),
    )
    before = state
    const unsettled = state.outbox.map((entry) =>
      view(entry, state.self, (): MessageView => {
        const { clientMessageId: key, ...rest } = entry
        return { type: 'message', key, author: state.self, own: true, ...rest }
      }),
    )
    return [...log, ...unsettled]
  }
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
  const upToSeq = state.reads[ownSide(state)]
  return state.events.filter(
    (event) =>
      event.type === 'message.created' && ownSide({ self: event.author }) !== ownSide(state) && event.seq > upToSeq,
  ).length
}

/** Who types, without oneself. Signs that have run out are taken away by `typing.expired`. */
export function selectTyping(state: ConversationState): readonly Author[] {
  return state.typing.map(({ author }) => author)
}

function same(a: TimelineEntry, b: TimelineEntry): boolean {
  return a.type === 'change' || (b.type === 'message' && a.key === b.key && a.delivery === b.delivery)
}
