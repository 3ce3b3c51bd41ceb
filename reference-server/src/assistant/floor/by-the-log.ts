import type { Floor, FloorEvent, TurnOutcome } from './floor.js'

/** What is told of a conversation: late, twice, or never. Of messages it says only that there are some; the log says which. */
export type ToldEvent =
  | { type: 'visitor_wrote' }
  | { type: 'rated_unhelpful'; outcome: TurnOutcome }
  | Extract<FloorEvent, { type: 'turn_done' | 'clock' }>

/** What stands while the conversation is held. `turnId`: for a turn that has to begin. */
export interface StandingLog {
  /** Whether the widget has the assistant. */
  assistant: boolean
  /** Messages of the visitor's that nobody has answered, the oldest first. */
  unanswered: readonly string[]
  /** Messages that did not help, and for which nobody has been offered. */
  unhelpful: readonly number[]
  turnId: string
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * What was told, as it stands: without the assistant nothing is done but to leave the floor, a message that is answered already is none, and a turn that is done without having read
 * what stands behind its messages is not done, for what it says would pass for an answer to that as well (B3).
 */
export function byTheLog(
  { phase }: Floor,
  told: ToldEvent,
  { assistant, unanswered, unhelpful, turnId, now }: StandingLog,
): FloorEvent {
  if (!assistant) return { type: 'switched_off' }
  const wrote: FloorEvent = { type: 'visitor_wrote', messageIds: unanswered, turnId, now }
  if (told.type === 'visitor_wrote') return wrote
  // What is asked comes first: an offer behind it would pass for its answer.
  if (told.type === 'rated_unhelpful') return unanswered.length > 0 ? wrote : { ...told, seqs: unhelpful }
  if (told.type !== 'turn_done' || phase.name !== 'bot_thinking') return told
  return unanswered.every((id) => phase.messageIds.includes(id)) ? told : wrote
}
