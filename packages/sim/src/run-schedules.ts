import type { TransportSet } from './actors/page-platform.js'
import type { Harm } from './model/ledger.js'
import type { Mutant } from './mutants.js'
import { runSchedule, type ScheduleResult } from './run-schedule.js'

/** Which schedules. */
export interface SchedulesOptions {
  /** The first seed; the others follow it. */
  seed: number
  schedules: number
  transport: TransportSet
  mutant?: Mutant | undefined
  trace?: boolean | undefined
  onResult?: (seed: number, result: ScheduleResult) => void
}

/** What came of many schedules. */
export interface Tally {
  schedules: number
  messages: number
  harms: Record<Harm, number>
  /** Milliseconds of virtual time until everybody was up to date, after all was well again: half of the schedules, and all. */
  quietMs: { median: number; longest: number }
}

/** Runs one schedule after the other. */
export async function runSchedules(options: SchedulesOptions): Promise<Tally> {
  const { seed: first, schedules, transport, mutant, trace, onResult } = options
  const harms: Tally['harms'] = { lost: 0, duplicated: 0, 'out of order': 0, broken: 0 }
  const quiet: number[] = []
  let messages = 0
  for (let seed = first; seed < first + schedules; seed += 1) {
    const result = await runSchedule({ seed, transport, mutant, trace })
    messages += result.messages
    quiet.push(result.quietAfterMs)
    for (const { harm } of result.violations) harms[harm] += 1
    onResult?.(seed, result)
  }
  quiet.sort((a, b) => a - b)
  const quietMs = { median: quiet[quiet.length >> 1] ?? 0, longest: quiet.at(-1) ?? 0 }
  return { schedules, messages, harms, quietMs }
}

/** The first seed under which a mutant is found out; none within so many: undefined. */
export async function findOut(mutant: Mutant, transport: TransportSet, within: number): Promise<number | undefined> {
  for (let seed = 1; seed <= within; seed += 1) {
    const { violations } = await runSchedule({ seed, transport, mutant })
    if (violations.length > 0) return seed
  }
  return undefined
}

/** The last line of a run. */
export function summaryOf(tallies: readonly Tally[]): string {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
  const count = (harm: Harm) => sum(({ harms }) => harms[harm])
  const broken = count('broken') > 0 ? `, ${count('broken')} broken otherwise` : ''
  return `${sum(({ schedules }) => schedules)} schedules: ${count('lost')} lost, ${count('duplicated')} duplicated, ${count('out of order')} out of order${broken}`
}

/** Whether every promise was kept. */
export function isClean({ harms }: Tally): boolean {
  return Object.values(harms).every((count) => count === 0)
}
