import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'

/** Whoever has not repeated a run by then will not. */
export const EXPIRING_RUNS: readonly Expiring[] = [
  {
    table: 'macro_runs',
    key: ['organization_id', 'conversation_id', 'run_id'],
    hadEndedBy: (moment) => sql`t.ran_at < ${moment}`,
  },
]
