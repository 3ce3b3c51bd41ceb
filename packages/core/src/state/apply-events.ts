import { LIMITS, type LogEvent } from '@chatdesk/protocol'
import {
  type ConversationEffect,
  type ConversationState,
  isSame,
  isSelf,
  lastSeq,
  type Reduction,
  type TypingSign,
} from './conversation-state.js'

/**
 * Q4: takes what follows the last event and drops what is held already. What lies beyond a hole raises the head, and comes
 * again with the hole.
 */
export function applyEvents(before: ConversationState, incoming: readonly LogEvent[]): Reduction {
  const applied: LogEvent[] = []
  let { status, agent, typing } = before
  for (const event of incoming) {
    if (event.seq !== lastSeq(before) + applied.length + 1) continue
    applied.push(event)
    // Y1: a message ends its author's typing.
    const spoke = (sign: TypingSign) => isSame(sign.author, event.author)
    if (event.type === 'conversation.changed') ({ status, agent } = event)
    else if (typing.some(spoke)) typing = typing.filter((sign) => !spoke(sign))
  }
  const headSeq = Math.max(before.headSeq, incoming.at(-1)?.seq ?? 0)
  const events = applied.length > 0 ? [...before.events, ...applied] : before.events
  return settle({ ...before, status, agent, typing, headSeq, events }, applied)
}

/**
 * Tells of these messages, and takes one's own among them from the outbox: the one way in which an entry leaves it without
 * its author's will.
 */
export function settle(state: ConversationState, events: readonly LogEvent[]): Reduction {
  const effects: ConversationEffect[] = []
  let { outbox } = state
  for (const message of events) {
    if (message.type !== 'message.created') continue
    const unsettled = outbox.filter((entry) => entry.clientMessageId !== message.clientMessageId)
    const settled = isSelf(state, message.author) && unsettled.length < outbox.length
    if (settled) outbox = unsettled
    effects.push({ type: 'message', message, settled })
  }
  if (outbox === state.outbox) return { state, effects }
  return { state: { ...state, outbox }, effects: [...effects, { type: 'outbox.changed' }] }
}

/** Of history only one's own confirmations are news. */
export function withoutHistory(effects: readonly ConversationEffect[]): readonly ConversationEffect[] {
  return effects.filter((effect) => effect.type !== 'message' || effect.settled)
}

/** Q4, Q5: asks for the hole below the head, once at a time. */
export function fillHole({ state, effects }: Reduction): Reduction {
  const afterSeq = lastSeq(state)
  if (state.filling || state.headSeq <= afterSeq) return { state, effects }
  const load = { type: 'history.load', afterSeq, limit: LIMITS.historyPage } as const
  return { state: { ...state, filling: true }, effects: [...effects, load] }
}
