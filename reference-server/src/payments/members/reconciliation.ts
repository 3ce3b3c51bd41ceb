import type { Reconciliation } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import { listRefused, listTroubled } from './read-payments.js'

const MANY = 100

/** What people have to look at: money that fits nothing, and what has not been worked on (P6, P12). */
export async function loadReconciliation(query: Kysely<Tables>, organizationId: string): Promise<Reconciliation> {
  const orphans = await query
    .selectFrom('payment_orphans')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('settled_at', 'is', null)
    .orderBy('found_at', 'desc')
    .limit(MANY)
    .execute()
  const { rows } = await sql<{ waiting: number; oldest: Date | null; compared: Date | null }>`
    select (select count(*)::int from payment_webhooks w where w.organization_id = ${organizationId}::uuid
        and w.next_at is not null) as waiting,
      (select min(w.received_at) from payment_webhooks w where w.organization_id = ${organizationId}::uuid
        and w.next_at is not null) as oldest,
      (select max(a.swept_to) from payment_accounts a where a.organization_id = ${organizationId}::uuid) as compared`.execute(
    query,
  )
  return {
    orphans: orphans.map((row) => ({
      ...{
        paymentId: row.payment_id,
        reason: row.reason,
        amountMinor: Number(row.amount_minor),
        currency: row.currency,
      },
      foundAt: row.found_at.toISOString(),
    })),
    attention: await listTroubled(query, organizationId, MANY),
    refusedRefunds: await listRefused(query, organizationId),
    waitingWebhooks: rows[0]?.waiting ?? 0,
    oldestWebhookAt: rows[0]?.oldest?.toISOString() ?? null,
    comparedAt: rows[0]?.compared?.toISOString() ?? null,
  }
}
