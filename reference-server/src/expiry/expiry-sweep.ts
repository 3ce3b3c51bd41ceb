import { type RawBuilder, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { Logger } from '../platform/logger.js'

/** Rows that end, which their feature names; what it does with them once they have, it says itself. */
export interface Expiring {
  table: keyof Tables
  /** The primary key, by which the table is gone through; it begins with the organization. */
  key: readonly ['organization_id', ...string[]]
  /** Whether the row `t` had ended by this moment, and nothing rests on it. */
  hadEndedBy(moment: Date): RawBuilder<boolean>
  /** Columns that are emptied; absent: the row goes. */
  emptied?: readonly string[]
}

/** Rows of a table that one look goes through. */
const BATCH = 1_000
/** What has ended is kept for so long: somebody may ask what it was. */
export const KEPT_MS = 30 * 24 * 3_600_000

export interface ExpirySweepOptions {
  database: Database
  clock: () => Date
  logger: Logger
  expiring: readonly Expiring[]
  batch?: number
}

/**
 * Goes through every table that has rows which end, a batch with each look and then from the beginning, and deletes those that
 * ended long ago. By the key and not by the day of their end: what has ended and stays, because something rests on it, would
 * be looked at again each time. Any number of nodes may do it at the same time. The look rejects never.
 */
export function createExpirySweep({ database, clock, logger, expiring, batch = BATCH }: ExpirySweepOptions) {
  const walks = expiring.map((rows) => createWalk(database, rows, batch))
  return async function look(): Promise<void> {
    const moment = new Date(clock().getTime() - KEPT_MS)
    for (const [index, walk] of walks.entries()) {
      try {
        await walk(moment)
      } catch (error) {
        logger.warn({ err: error, table: expiring[index]?.table }, 'what has ended could not be deleted')
      }
    }
  }
}

type Key = Record<string, unknown> & { organization_id: string }

function createWalk(database: Database, { table, key, hadEndedBy, emptied }: Expiring, batch: number) {
  const names = sql.join(key.map((name) => sql.ref(`t.${name}`)))
  const valuesOf = (row: Key) => sql.join(key.map((name) => sql`${row[name]}`))
  const change = emptied
    ? sql`update ${sql.table(table)} t set ${sql.join(emptied.map((name) => sql`${sql.ref(name)} = null`))}`
    : sql`delete from ${sql.table(table)} t`
  let last: Key | undefined

  return async (moment: Date): Promise<void> => {
    const behind = last ? sql<boolean>`(${names}) > (${valuesOf(last)})` : sql<boolean>`true`
    const { rows } = await sql<Key>`
      select ${names} from ${sql.table(table)} t where ${behind} order by ${names} limit ${batch}::int`.execute(
      database.system,
    )
    const end = rows.at(-1)
    // Bound to those whose rows these are: the condition alone would reach all others, too (threat 30).
    if (end)
      await sql`${change} where ${behind} and (${names}) <= (${valuesOf(end)}) and ${hadEndedBy(moment)}`.execute(
        database.of(...new Set(rows.map((row) => row.organization_id))),
      )
    last = rows.length < batch ? undefined : end
  }
}
