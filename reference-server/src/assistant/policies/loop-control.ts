import { fold } from '../language/normalise.js'

/** What is remembered of the assistant's turns in an episode, so that it stops when it gets nowhere. */
export interface LoopState {
  /** Turns one after another that brought nobody further. */
  turnsWithoutProgress: number
  /** Turns one after another in the middle band. */
  middleTurns: number
  /** Answers that were given, as `answerKey` has them. */
  answers: readonly string[]
}

/** At the beginning of an episode. */
export const NO_TURNS: LoopState = { turnsWithoutProgress: 0, middleTurns: 0, answers: [] }

/** One turn of the assistant's, when it is over. */
export interface FinishedTurn {
  band: 'high' | 'middle' | 'low'
  /** What was said; null: suggestions or a notice, which are no answer. */
  answer: string | null
  /** The visitor asked the same as before. */
  repeated: boolean
}

/** Answers that are remembered. */
const MOST_ANSWERS = 20

/** Counts a turn. Progress is a confident answer to what was not asked before, and not said before. */
export function afterTurn(state: LoopState, { band, answer, repeated }: FinishedTurn): LoopState {
  const key = answer === null ? null : answerKey(answer)
  const progress = band === 'high' && key !== null && !repeated && !state.answers.includes(key)
  return {
    turnsWithoutProgress: progress ? 0 : state.turnsWithoutProgress + 1,
    middleTurns: band === 'middle' ? state.middleTurns + 1 : 0,
    answers: key === null ? state.answers : [...state.answers, key].slice(-MOST_ANSWERS),
  }
}

/** A visitor has said that it helped, or left what they were asked for. */
export function afterProgress(state: LoopState): LoopState {
  return { ...state, turnsWithoutProgress: 0, middleTurns: 0 }
}

/** Whether this very answer was given before in this episode: it is not given twice, a person is offered. */
export function wasSaid(state: LoopState, answer: string): boolean {
  return state.answers.includes(answerKey(answer))
}

function answerKey(answer: string): string {
  return fold(answer).slice(0, 400)
}
