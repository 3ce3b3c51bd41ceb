import { ChatError } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { decodeFact } from '../intents/payment-fact.js'
import { loadLeft } from './load-left.js'

/** Money that somebody in charge sends back. */
export interface RefundWish {
  organizationId: string
  intentId: string
  /** Of its maker's making: the same again is the same refund. */
  id: string
  paymentId: string
  /** In the smallest unit of the intent's currency. */
  minor: bigint
  reason: string
  requestedBy: string | null
  now: Date
}

/**
 * Writes down that money is to go back, before the provider is asked for it; never more than has come in, whatever else is on its way
 * back (P3, threat 80). Throws `NOT_FOUND`, `ID_REUSED`, and `VALIDATION_FAILED` for more than there is.
 */
export async function requestRefund(transaction: Transaction<Tables>, wish: RefundWish): Promise<void> {
  const { organizationId, intentId, id, paymentId, minor, reason, now } = wish
  // Whoever refunds anything of this intent waits here.
  const intent = await transaction
    .selectFrom('payment_intents')
    .select(['currency', 'state'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .forUpdate()
    .executeTakeFirst()
  if (!intent) throw new ChatError('NOT_FOUND', 'No such payment.')
  const standing = await transaction
    .selectFrom('payment_refunds')
    .select(['intent_id', 'payment_id', 'amount_minor'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (standing) {
    const isSame =
      standing.intent_id === intentId && standing.payment_id === paymentId && standing.amount_minor === `${minor}`
    if (isSame) return
    throw new ChatError('ID_REUSED', 'This id was used for another refund.', { field: 'id' })
  }
  if (intent.state === 'disputed')
    throw new ChatError('VALIDATION_FAILED', 'A disputed payment is the bank’s to decide.', { field: 'paymentId' })
  const rows = await transaction
    .selectFrom('payment_facts')
    .select('body')
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .execute()
  const facts = rows.map(({ body }) => decodeFact(body))
  const left = await loadLeft(transaction, { organizationId, intentId, paymentId }, facts)
  if (left === undefined) throw new ChatError('NOT_FOUND', 'No such payment.')
  if (minor <= 0n || minor > left)
    throw new ChatError('VALIDATION_FAILED', 'amountMinor: no more can go back than has come in and stayed.', {
      field: 'amountMinor',
    })
  await transaction
    .insertInto('payment_refunds')
    .values({
      ...{ organization_id: organizationId, id, intent_id: intentId, payment_id: paymentId, amount_minor: `${minor}` },
      ...{ currency: intent.currency, cause: 'member', reason, requested_by: wish.requestedBy, state: 'queued' },
      ...{ refund_id: null, error: null, next_at: now, created_at: now },
    })
    .execute()
}
