import { TRANSPORT_SET_NAMES, type TransportSet } from '../../../packages/sim/src/actors/page-platform.js'
import type { Tally } from '../../../packages/sim/src/run-schedules.js'
import { startPostgres, type ThrowAwayPostgres } from '../../test-environment/provide-postgres.js'
import { type BatchResult, runBatch } from './run-batch.js'

/** Schedules that share a server at most. Batches begin at the same seeds in every run, so that a seed meets the same server. */
const BATCH = 40
/** A silent connection takes 38 seconds to notice, and an attempt that is not answered up to 30 more. */
const QUIET_WITHIN_MS = 120_000

/** Which schedules. */
export interface RealSchedulesOptions {
  /** The first seed; the others follow it. */
  seed: number
  schedules: number
  /** Without one, each in its turn. */
  transport?: TransportSet | undefined
  /** In how many schedules people look at their pages once all is well again. */
  lookChance?: number | undefined
  /** Statements that take a guard of the database away. */
  mutant?: string | undefined
  /** How long everybody may take to be up to date, in milliseconds. By default longer than any guard needs. */
  quietWithinMs?: number | undefined
  onBatch?: ((result: BatchResult) => void) | undefined
}

/** Runs schedules through real processes, on a Postgres of their own. */
export async function runRealSchedules(options: RealSchedulesOptions): Promise<Tally> {
  const postgres = await startPostgres({ durable: true })
  try {
    return await runBatches(postgres, options)
  } finally {
    await postgres.stop()
  }
}

async function runBatches(postgres: ThrowAwayPostgres, options: RealSchedulesOptions): Promise<Tally> {
  const {
    seed: first,
    schedules,
    transport,
    lookChance = 0.5,
    mutant,
    quietWithinMs = QUIET_WITHIN_MS,
    onBatch,
  } = options
  const harms: Tally['harms'] = { lost: 0, duplicated: 0, 'out of order': 0, broken: 0 }
  const quiet: number[] = []
  let messages = 0
  const batches = new Map<number, number[]>()
  for (let seed = first; seed < first + schedules; seed += 1) {
    const batch = Math.floor((seed - 1) / BATCH)
    batches.set(batch, [...(batches.get(batch) ?? []), seed])
  }
  for (const [batch, seeds] of batches) {
    const transportOf = (seed: number) =>
      transport ?? (TRANSPORT_SET_NAMES[seed % TRANSPORT_SET_NAMES.length] as TransportSet)
    const ran = await runBatch({ postgres, batch, seeds, transportOf, lookChance, mutant, quietWithinMs })
    for (const result of ran.results) {
      messages += result.messages
      quiet.push(result.quietAfterMs)
      for (const { harm } of result.violations) harms[harm] += 1
    }
    harms.broken += ran.failures.length
    onBatch?.(ran)
  }
  quiet.sort((a, b) => a - b)
  const quietMs = { median: quiet[quiet.length >> 1] ?? 0, longest: quiet.at(-1) ?? 0 }
  return { schedules, messages, harms, quietMs }
}
