import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { PaymentFact } from '../intents/payment-fact.js'
import { leftOf, type OwnRefund } from './left-of.js'

/** `leftOf` a payment of this intent, by its facts and by the refunds that we have written down. The caller holds the intent. */
export async function loadLeft(
  transaction: Transaction<Tables>,
  { organizationId, intentId, paymentId }: { organizationId: string; intentId: string; paymentId: string },
  facts: readonly PaymentFact[],
): Promise<bigint | undefined> {
  const { rows: ours } = await sql<OwnRefund>`
    select amount_minor as minor, refund_id as "refundId" from payment_refunds
    where organization_id = ${organizationId}::uuid and intent_id = ${intentId}::uuid and payment_id = ${paymentId}
      and state <> 'refused'`.execute(transaction)
  return leftOf(facts, { paymentId, ours })
}
