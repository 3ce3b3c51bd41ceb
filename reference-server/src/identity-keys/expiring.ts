import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'

/** Keys that were replaced, of widgets whose keys nobody has changed since. */
export const EXPIRING_KEYS: readonly Expiring[] = [
  { table: 'identity_keys', key: ['organization_id', 'id'], hadEndedBy: (moment) => sql`t.expires_at < ${moment}` },
]
