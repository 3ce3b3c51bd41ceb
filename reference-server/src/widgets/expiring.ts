import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'

/** Retired widget keys. */
export const EXPIRING_WIDGET_KEYS: readonly Expiring[] = [
  {
    table: 'widgets',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.previous_key_until < ${moment}`,
    emptied: ['previous_key', 'previous_key_until'],
  },
]
