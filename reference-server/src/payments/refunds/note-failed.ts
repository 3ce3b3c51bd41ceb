import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'

/** What the team reads of a refund that the provider took on and could not make. */
const FAILED = 'The bank did not take it back.'

/**
 * Marks what the provider has taken on to send back and could not: it is for people, and may be wished for anew. Whether the answer or
 * the failure is written first, the second of them finds it.
 */
export async function noteFailed(
  query: Kysely<Tables>,
  { organizationId, intentId }: { organizationId: string; intentId: string },
): Promise<void> {
  await sql`
    update payment_refunds r set state = 'refused', error = ${FAILED}
    where r.organization_id = ${organizationId}::uuid and r.intent_id = ${intentId}::uuid and r.state = 'sent'
      and exists (select from payment_facts f where f.organization_id = r.organization_id and f.intent_id = r.intent_id
        and f.body ->> 'type' = 'refund' and f.body ->> 'refundId' = r.refund_id and f.body ->> 'status' = 'failed')
      and not exists (select from payment_facts f where f.organization_id = r.organization_id and f.intent_id = r.intent_id
        and f.body ->> 'type' = 'refund' and f.body ->> 'refundId' = r.refund_id and f.body ->> 'status' = 'processed')`.execute(
    query,
  )
}
