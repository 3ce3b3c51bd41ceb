import { Day } from './day.js'
import { chanceOf, EVENING_MS, membersOf, SECOND, talkOf, workerOf } from './simulated-people.js'
import { measureTold, type ToldWaits } from './told-waits.js'

/** Which day; one seed is one day. */
export interface DayOptions {
  seed: number
  /** Default 2,000. */
  conversations?: number
  /** Default 12. */
  agents?: number
}

/** What was measured of a day; times in seconds. */
interface DayReport {
  seed: number
  conversations: number
  agents: number
  assignments: number
  rerouted: number
  longestQueue: number
  /** By priority, from low to urgent. */
  longestWait: Record<string, number>
  /** Somebody was given something before one of the same priority and department who had come before. */
  fifoViolations: number
  /** Somebody was overtaken, before an agent who serves both, by whoever had come more than 45 minutes later. */
  starved: number
  /** Conversations that were never given to anybody, though somebody was there in the end. */
  forgotten: number
  overCapacity: number
  /** A visitor waited for an answer for so long from an agent who was not there. */
  longestWithAbsent: number
  waits: ToldWaits
}

/** As the server looks. */
const SWEEP_MS = 2 * SECOND
/** As often as a widget asks, and an answer may be so old (L6). */
const ASK_MS = 30 * SECOND

/**
 * A day of a support team under a clock of its own, by the functions that the server decides by: visitors come as they do, most
 * before noon and in the afternoon, agents have shifts, breaks that they announce, and broken connections.
 */
export function simulateDay({ seed, conversations = 2_000, agents = 12 }: DayOptions): DayReport {
  const day = newDay({ seed, conversations, agents })
  goThrough(day, (now) => {
    if (now % ASK_MS === 0) day.tell(day.expect(now), 'server', now)
  })
  return { seed, conversations, agents, ...day.report(), waits: measureTold(day.answersBy('server')) }
}

/** How true the waits of so many days were, by seed from that of the options on, and in the mean. */
export function meanOfDays(options: DayOptions, count: number) {
  const days = Array.from({ length: count }, (_, index) => {
    const { seed, waits } = simulateDay({ ...options, seed: options.seed + index })
    return { seed, ...waits }
  })
  const mean = (key: keyof ToldWaits) => days.reduce((sum, day) => sum + day[key], 0) / days.length
  return {
    days,
    mean: {
      ...{ told: mean('told'), middle: mean('middle'), p80: mean('p80') },
      ...{ p80BeyondAMinute: mean('p80BeyondAMinute'), p80OfTenMinutes: mean('p80OfTenMinutes') },
    },
  }
}

/** The day before its beginning. */
export function newDay({ seed, conversations = 2_000, agents = 12 }: DayOptions): Day {
  const chance = chanceOf(seed)
  const talks = Array.from({ length: conversations }, (_, index) => talkOf(index, chance)).sort(
    (a, b) => a.begins - b.begins,
  )
  // Of its own, so that the day is the same whatever is said.
  const announcing = chanceOf(~seed)
  const workers = Array.from({ length: agents }, (_, index) => workerOf(index, agents, chance, announcing))
  return new Day(talks, workers, membersOf(workers), chance)
}

/** Lets time go by, as often as the server looks, until all is over or `eachLook` says false; what was `from` then, in ms, is over. */
export function goThrough(day: Day, eachLook: (now: number) => unknown, from = -SWEEP_MS): void {
  for (let now = from + SWEEP_MS; now <= EVENING_MS && !day.isOver; now += SWEEP_MS) {
    day.look(now)
    if (eachLook(now) === false) return
  }
}
