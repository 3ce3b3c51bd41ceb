import { sql } from 'kysely'
import { type Expiring, KEPT_MS } from '../expiry/expiry-sweep.js'

/** A question that nobody has asked for so long, in milliseconds, is missing no more, whatever was made of it. */
const GAP_MS = 90 * 24 * 3_600_000

/** Questions without an answer that are not asked any more: what was dismissed is asked anew then. */
export const EXPIRING_GAPS: readonly Expiring[] = [
  {
    table: 'knowledge_gaps',
    key: ['organization_id', 'id'],
    // The sweep's moment lies back by as long as anything that has ended is kept.
    hadEndedBy: (moment) => sql`t.last_at < ${new Date(moment.getTime() + KEPT_MS - GAP_MS)}`,
  },
]
