import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'

/** Secrets that others have followed, and webhooks that were worked on: what they said stands among the facts. */
export const EXPIRING_PAYMENTS: readonly Expiring[] = [
  {
    table: 'payment_accounts',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.previous_webhook_secret_until < ${moment}`,
    emptied: ['sealed_previous_webhook_secret', 'previous_webhook_secret_until'],
  },
  {
    table: 'payment_webhooks',
    key: ['organization_id', 'account_id', 'event_id'],
    hadEndedBy: (moment) => sql`t.received_at < ${moment} and t.next_at is null`,
  },
]
