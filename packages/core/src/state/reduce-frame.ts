import type { ConversationSync, ServerFrame } from '@chatdesk/protocol'
import { applyEvents, fillHole, settle, withoutHistory } from './apply-events.js'
import {
  type ConversationState,
  hasUnsettled,
  isSame,
  isSelf,
  lastSeq,
  markRead,
  movedTo,
  only,
  type Reduction,
} from './conversation-state.js'

/** How long a sign of typing counts, in milliseconds (Y1). */
const TYPING_TTL_MS = 6_000

/**
 * What a frame from the server makes of a conversation. Frames about other conversations change nothing.
 * `now` in milliseconds since the epoch.
 */
export function reduceFrame(state: ConversationState, frame: ServerFrame, now: number): Reduction {
  const same = only(state)
  if (frame.type === 'session.ready') return reduceReady(state, frame.conversations)
  if (frame.type === 'conversation.synced')
    return frame.sync.conversationId === state.id ? reduceSync(state, frame.sync) : same
  if (frame.type === 'heartbeat') {
    const head = state.id === null ? undefined : frame.heads[state.id]
    return fillHole(only({ ...state, headSeq: Math.max(state.headSeq, head ?? 0) }))
  }
  if (!('conversationId' in frame) || frame.conversationId !== state.id) return same
  switch (frame.type) {
    case 'message.created':
    case 'conversation.changed':
      return fillHole(applyEvents(state, [frame]))
    case 'history.page':
      return reducePage(state, frame)
    case 'message.read':
      return only(markRead(state, frame.reader, frame.upToSeq))
    case 'typing.changed': {
      // B7: what comes behind the events that it leaves out is of an answer that is over.
      if (isSelf(state, frame.author)) return same
      const others = state.typing.filter(({ author }) => !isSame(author, frame.author))
      const author = { ...frame.author, draft: frame.draft }
      const typing = frame.active ? [...others, { author, until: now + TYPING_TTL_MS }] : others
      return only({ ...state, typing })
    }
    default:
      return same
  }
}

/** A visitor's session names its conversations, the live one last (C10, C12); without one, what was held is not the visitor's any more. */
function reduceReady(state: ConversationState, syncs: readonly ConversationSync[]): Reduction {
  const held = hasUnsettled(state) && syncs.find(({ conversationId }) => conversationId === state.id)
  const sync = held || syncs.at(-1)
  return sync ? reduceSync(state, sync) : only({ ...movedTo(state, null), reachedStart: true, synced: true })
}

/** R2 to R4. */
function reduceSync(before: ConversationState, sync: ConversationSync): Reduction {
  const { conversationId: id, status, agent, headSeq } = sync
  // Overtaken by what a request beside it has brought.
  if (id === before.id && sync.recovery !== 'gap' && headSeq < lastSeq(before)) return only(before)
  const resumed = id === before.id && (sync.recovery === 'resumed' || goesOn(before, sync))
  const kept = resumed
    ? { events: before.events, reachedStart: before.reachedStart, typing: before.typing }
    : { events: sync.events.slice(0, 1), reachedStart: sync.reachedStart, typing: [] }
  // A mark made here may not have reached the server yet; one above the head belongs to a log that is gone (H2).
  const mark = (side: 'visitor' | 'team') =>
    id === before.id ? Math.min(Math.max(before.reads[side], sync.reads[side]), headSeq) : sync.reads[side]
  const reads = { visitor: mark('visitor'), team: mark('team') }
  const fresh = { filling: false, synced: true }
  const state = { ...before, ...kept, ...fresh, id, status, agent, headSeq, reads }
  const first = settle(state, state.events)
  const rest = applyEvents(first.state, sync.events)
  // Only a resumed log tells news.
  const news = resumed ? rest.effects : withoutHistory(rest.effects)
  // A status from the answer is newer than one from its events.
  const synced = { ...rest.state, status, agent }
  return fillHole({ state: synced, effects: [...withoutHistory(first.effects), ...news] })
}

/** Whether a fresh answer contains where the held log ends: it was asked for when less was held, or nothing, which has no cursor. */
function goesOn(before: ConversationState, { recovery, events }: ConversationSync): boolean {
  if (recovery !== 'fresh' || !before.synced) return false
  const last = before.events.at(-1)
  return last ? events.some(({ id }) => id === last.id) : before.reachedStart && (events[0]?.seq ?? 1) === 1
}

/** H1: a page of older events, or of those in a hole. */
function reducePage(before: ConversationState, page: Extract<ServerFrame, { type: 'history.page' }>): Reduction {
  const applied = applyEvents(before, page.events)
  const { state, effects } = settle(applied.state, page.events)
  const firstSeq = before.events[0]?.seq ?? 0
  const older = page.events.filter((event) => event.seq < firstSeq)
  const joins = older.length > 0 && older.at(-1)?.seq === firstSeq - 1
  const merged = {
    ...state,
    headSeq: Math.max(state.headSeq, page.headSeq),
    ...(joins ? { events: [...older, ...state.events], reachedStart: page.reachedStart } : {}),
  }
  return { state: merged, effects: [...applied.effects, ...withoutHistory(effects)] }
}
