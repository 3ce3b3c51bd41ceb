import { sql } from 'kysely'
import { type Expiring, KEPT_MS } from '../expiry/expiry-sweep.js'

/** So long it is known what answers have cost, in milliseconds. */
const USAGE_MS = 400 * 24 * 3_600_000

/** What answers have cost, longer ago than anybody's books ask for. */
export const EXPIRING_USAGE: readonly Expiring[] = [
  {
    table: 'assistant_usage',
    key: ['organization_id', 'day', 'id'],
    // The sweep's moment lies back by as long as anything that has ended is kept.
    hadEndedBy: (moment) => sql`t.begun_at < ${new Date(moment.getTime() + KEPT_MS - USAGE_MS)}`,
  },
]
