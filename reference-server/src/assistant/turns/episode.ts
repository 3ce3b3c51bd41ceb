import type { Action, Promised } from '../policies/decision.js'
import { afterProgress, afterTurn, type LoopState, NO_TURNS } from '../policies/loop-control.js'

/** A turn as it was kept, as far as later ones go by it. */
export interface KeptTurn {
  rule: string
  action: string
  band: 'high' | 'middle' | 'low' | null
  answer: string | null
  /** The same was asked before. */
  repeated: boolean
  /** How the message sounded, from -1 to 1; null: unknown. */
  mood: number | null
  /** What was promised to whoever leaves a way to be reached; null: nobody was asked for one. */
  asks: Promised | null
  /** Its visitor has said that it helped. */
  helped: boolean
}

/** What is known of the turns of an episode. */
export interface Episode {
  loop: LoopState
  moods: number[]
  /** What was promised last for a way to be reached. */
  promised: Promised | null
  /** They were asked for one, and have left none since. */
  contactAwaited: boolean
  /** A possible customer was asked for one. */
  leadAsked: boolean
  timesNotKnown: number
  acknowledged: boolean
}

/** Sums them up, the oldest first. */
export function episodeOf(turns: readonly KeptTurn[]): Episode {
  return {
    loop: turns.reduce(afterKept, NO_TURNS),
    moods: turns.flatMap(({ mood }) => (mood === null ? [] : [mood])),
    promised: turns.reduce<Promised | null>((last, { asks }) => asks ?? last, null),
    contactAwaited: turns.reduce(
      (awaited, { asks, action }) => asks !== null || (awaited && action !== kind('contact')),
      false,
    ),
    leadAsked: turns.some(({ asks }) => asks === 'lead'),
    timesNotKnown: turns.filter(({ action }) => action === kind('not_known')).length,
    acknowledged: turns.some(({ action }) => action === kind('acknowledge')),
  }
}

/** What an action promises to whoever leaves a way to be reached. */
export function promiseOf(action: Action): Promised | null {
  if (action.kind === 'lead_form') return 'lead'
  const asksForm = (action.kind === 'not_known' && !action.again) || action.kind === 'not_helpful'
  return asksForm && action.offer === 'form' ? 'team' : null
}

/** Whoever says that it helped, or leaves what they were asked for, gets somewhere. */
function afterKept(state: LoopState, { band, answer, repeated, helped, action }: KeptTurn): LoopState {
  const next = band ? afterTurn(state, { band, answer, repeated }) : state
  return helped || action === kind('contact') ? afterProgress(next) : next
}

/** As it is kept. */
function kind(name: Action['kind']): string {
  return name
}
