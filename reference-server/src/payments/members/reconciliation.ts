import type { Reconciliation, ReconciliationDay } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import { listRefused, listTroubled } from './read-payments.js'

const MANY = 100

const DAYS = 14

/** What was checked day by day, and what people have to look at: money that fits nothing, and what has not been worked on (P6, P12). */
export async function loadReconciliation(
  query: Kysely<Tables>,
  organizationId: string,
  now: Date,
): Promise<Reconciliation> {
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
    days: await loadDays(query, organizationId, now),
  }
}

/** Of these days those on which anything was. A payment is learned of once, by whatever came first. */
async function loadDays(query: Kysely<Tables>, organizationId: string, now: Date): Promise<ReconciliationDay[]> {
  const first = new Date(now.getTime() - (DAYS - 1) * 24 * 3_600_000).toISOString().slice(0, 10)
  const { rows } = await sql<ReconciliationDay>`
    select day, sum(comparisons)::int as comparisons, sum(failures)::int as failures, sum(compared)::int as compared,
      sum(mended)::int as mended, sum(orphans)::int as orphans, sum(told)::int as told, sum(found)::int as found
    from (
      select day, runs as comparisons, failures, payments as compared, mended, orphans, 0 as told, 0 as found
      from payment_comparisons where organization_id = ${organizationId}::uuid and day >= ${first}
      union all
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD'), 0, 0, 0, 0, 0,
        (source = 'webhook')::int, (source <> 'webhook')::int
      from payment_facts where organization_id = ${organizationId}::uuid and at >= ${`${first}T00:00:00Z`}::timestamptz
        and body ->> 'type' = 'captured'
    ) all_of_them group by day order by day desc`.execute(query)
  return rows
}
