import { MINUTE } from './simulated-people.js'

/** What a visitor was told, and how long they then had still to wait, in milliseconds. */
export interface Answer {
  told: number
  actual: number
}

/**
 * Of what visitors were told, each time that they asked, by what they then had still to wait: how many answers, the middle of
 * told by true (1: neither too long nor too short), and the error that four of five stay under, as a share of the true wait.
 * `beyondAMinute` counts of an error what is more than a minute, as minutes are what a visitor reads.
 */
export interface ToldWaits {
  told: number
  middle: number
  p80: number
  p80BeyondAMinute: number
  p80OfTenMinutes: number
}

/** What four of five answers shall be off by at most beyond a minute, as a share of the true wait, in the mean of several days. */
export const GOAL = 0.25

/** How true the answers were. */
export function measureTold(answers: readonly Answer[]): ToldWaits {
  const errorsOf = (from: number, free: number) =>
    answers.flatMap(({ told, actual }) => (actual < from ? [] : Math.max(0, Math.abs(told - actual) - free) / actual))
  const ratios = answers.map(({ told, actual }) => told / actual)
  return {
    told: answers.length,
    middle: atShare(ratios, 0.5),
    p80: atShare(errorsOf(0, 0), 0.8),
    p80BeyondAMinute: atShare(errorsOf(0, MINUTE), 0.8),
    p80OfTenMinutes: atShare(errorsOf(10 * MINUTE, 0), 0.8),
  }
}

/** What so many of the numbers are not above. */
export function atShare(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
