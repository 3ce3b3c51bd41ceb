/**
 * Who speaks in a conversation: the assistant or the team, never both. A pure machine: `moveFloor(state, event)` answers with the
 * next state and what is to be done. The state is one row of the conversation; whoever moves it writes it by compare-and-set and runs
 * the effects in the same transaction, so that two nodes cannot both move it from the same state.
 */
export interface Floor {
  /** Grows when a conversation is resolved: the assistant reads nothing from before. */
  episode: number
  /** Grows whenever the floor may have gone to somebody else: what was begun before is worth nothing afterwards. */
  ownerVersion: number
  phase: Phase
}

/** Where a conversation is. `waiting`: for the team; `offline`: nobody is there, and that was said. */
export type Phase =
  | { name: 'bot_idle' }
  | { name: 'bot_thinking'; turnId: string; messageIds: readonly string[]; until: number }
  | { name: 'waiting' }
  | { name: 'human_active'; agentId: string }
  | { name: 'offline' }
  | { name: 'resolved' }

/** What a turn of the assistant holds from its beginning to its end. It may write only if all three are still so. */
export interface Fence {
  episode: number
  ownerVersion: number
  turnId: string
}

/**
 * What the assistant hears of. Who takes a conversation, gives it away or ends it does not tell the assistant: the
 * conversation's row says so, and its owner version ends what was begun. `now`: milliseconds since the epoch. */
export type FloorEvent =
  /** `messageIds`: all that nobody has answered, the oldest first. */
  | { type: 'visitor_wrote'; messageIds: readonly string[]; turnId: string; now: number }
  | { type: 'turn_done'; fence: Fence; outcome: TurnOutcome }
  /** The visitor has said of these messages, by their `seq`, that they did not help; what is to become of that was decided. */
  | { type: 'rated_unhelpful'; seqs: readonly number[]; outcome: TurnOutcome }
  /** The widget does not have the assistant any more. */
  | { type: 'switched_off' }
  /** The watchdog's regular look, on whichever node; also what is left of a crash. */
  | { type: 'clock'; now: number }

/** How a turn ended. `reply`: an answer, suggestions or that it is not known, whatever was decided. */
export type TurnOutcome =
  | { kind: 'reply' }
  /** `bare`: handing over as it should be has failed; nothing but that is left out. */
  | { kind: 'hand_off'; teamOnline: boolean; bare?: true }
  | { kind: 'failed' }

/** What is to be done, in this order. Whatever names messages has settled them. */
export type FloorEffect =
  | { type: 'start_turn'; fence: Fence; messageIds: readonly string[]; delayMs: number }
  /** Best effort: a turn that does not hear of it is stopped by its fence. */
  | { type: 'cancel_turn'; turnId: string; reason: 'newer_message' | 'hand_off' | 'too_long' }
  | { type: 'post_reply'; turnId: string; messageIds: readonly string[] }
  /** To whoever was not helped by these. */
  | { type: 'post_offer'; seqs: readonly number[] }
  /** Ticket, summary, place in the queue and a visible message: one transaction. */
  | { type: 'request_hand_off'; messageIds: readonly string[] }
  /** A form in place of a person, and by when somebody answers. */
  | { type: 'offer_form'; messageIds: readonly string[] }
  /** In place of either, where it has failed: they wait for the team and are told so, and the ticket is owed. */
  | { type: 'keep_for_team'; messageIds: readonly string[] }
  /** Without a word: whoever has been answered is not put into the queue. */
  | { type: 'leave_to_team' }
  | { type: 'post_notice'; notice: Notice; messageIds: readonly string[] }
  | { type: 'typing'; on: boolean }

/** What is said honestly where no answer can be. */
export type Notice = 'not_finished' | 'kept_for_later'

/** A burst of messages gets one answer: so long nothing is begun. */
export const BURST_MS = 700
/** A visitor sees an outcome within this time of their message, whatever fails. */
export const WATCHDOG_MS = 35_000
