import { ChatError } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'

/**
 * Marks money that belongs to nothing as dealt with, by the provider's id of the payment, at whichever of the organization's accounts it
 * came in; whether it was not before. Throws `NOT_FOUND`.
 */
export async function settleOrphan(
  transaction: Transaction<Tables>,
  { organizationId, paymentId, now }: { organizationId: string; paymentId: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('payment_orphans')
    .set({ settled_at: now })
    .where('organization_id', '=', organizationId)
    .where('payment_id', '=', paymentId)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return true
  const found = await transaction
    .selectFrom('payment_orphans')
    .select('payment_id')
    .where('organization_id', '=', organizationId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  if (!found) throw new ChatError('NOT_FOUND', 'No such payment.')
  return false
}
