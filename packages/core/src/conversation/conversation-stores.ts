import { atom, batch } from 'nanostores'
import { guard } from '../platform/emitter.js'
import type { ConversationState, TypingAuthor } from '../state/conversation-state.js'
import { createTimelineSelector, selectInfo, selectTyping, selectUnread } from '../state/selectors.js'
import type { ConversationInfo, TimelineEntry } from '../state/views.js'

/**
 * The state as atoms, made for one conversation. Plain atoms and not `computed` ones: those keep a timer after their
 * last listener. Each changes only when what it shows does.
 */
export function createConversationStores(initial: ConversationState) {
  const selectTimeline = createTimelineSelector()
  const $timeline = atom<readonly TimelineEntry[]>(selectTimeline(initial))
  const $conversation = atom<ConversationInfo>(selectInfo(initial))
  const $typing = atom<readonly TypingAuthor[]>(selectTyping(initial))
  const $unreadCount = atom<number>(selectUnread(initial))

  /** Shows `next`; what a listener throws goes no further. */
  function show(next: ConversationState, before: ConversationState): void {
    const changed = (...keys: (keyof ConversationState)[]) => keys.some((key) => next[key] !== before[key])
    guard(() =>
      batch(() => {
        if (changed('events', 'outbox', 'reads', 'self')) $timeline.set(selectTimeline(next))
        if (changed('events', 'reads', 'self')) $unreadCount.set(selectUnread(next))
        if (changed('typing')) $typing.set(selectTyping(next))
        if (changed('id', 'status', 'agent', 'synced', 'reachedStart')) $conversation.set(selectInfo(next))
      }),
    )
  }

  return { $timeline, $conversation, $typing, $unreadCount, show }
}
