import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'

/** Secrets that others have followed, and the log of what was sent. */
export const EXPIRING_WEBHOOKS: readonly Expiring[] = [
  {
    table: 'webhooks',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.previous_secret_until < ${moment}`,
    emptied: ['sealed_previous_secret', 'previous_secret_until'],
  },
  {
    table: 'webhook_deliveries',
    key: ['organization_id', 'webhook_id', 'id'],
    hadEndedBy: (moment) => sql`t.created_at < ${moment}`,
  },
]
