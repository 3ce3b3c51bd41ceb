import { sql } from 'kysely'
import type { Database } from '../../database/index.js'
import type { AccountId } from '../accounts/account-id.js'

/** Which intents of an account a provider knows by these ids. Those of another account are none of them (P7). */
export async function findIntents(
  database: Database,
  { organizationId, accountId }: AccountId,
  providerIds: readonly string[],
): Promise<string[]> {
  if (providerIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select distinct r.intent_id as id from payment_refs r
    where r.organization_id = ${organizationId}::uuid and r.account_id = ${accountId}::uuid
      and r.provider_id = any (${[...providerIds]}::text[])`.execute(database.of(organizationId))
  return rows.map(({ id }) => id)
}

/** Which intent a payment has been counted to. */
export async function findIntentOfPayment(
  database: Database,
  { organizationId, accountId }: AccountId,
  paymentId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select f.intent_id as id from payment_facts f
      join payment_intents i on i.organization_id = f.organization_id and i.id = f.intent_id
    where f.organization_id = ${organizationId}::uuid and i.account_id = ${accountId}::uuid
      and f.key = any (${[`captured:${paymentId}`, `authorized:${paymentId}`, `failed:${paymentId}`]}::text[])
    limit 1`.execute(database.of(organizationId))
  return rows[0]?.id
}

/** Links that may have an order by now which nobody has told us of. */
export async function findLinksWithoutOrder(
  database: Database,
  { organizationId, accountId }: AccountId,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select l.intent_id as id from payment_refs l
      join payment_intents i on i.organization_id = l.organization_id and i.id = l.intent_id
    where l.organization_id = ${organizationId}::uuid and l.account_id = ${accountId}::uuid and l.kind = 'link'
      and not exists (select from payment_refs o where o.organization_id = l.organization_id
        and o.intent_id = l.intent_id and o.kind = 'order')
    order by i.created_at desc limit ${limit}::int`.execute(database.of(organizationId))
  return rows.map(({ id }) => id)
}
