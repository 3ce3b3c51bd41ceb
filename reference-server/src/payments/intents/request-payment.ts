import { ChatError } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { findAccount } from '../accounts/payment-account.js'
import type { Money } from '../money/money.js'
import { nextCheckAt } from '../reconcile/check-times.js'

/** Something that is to be paid in a conversation. */
export interface PaymentRequest {
  organizationId: string
  conversationId: string
  /** Of its maker's making: the same again is the same request. */
  id: string
  /** What for, as the payer reads it. */
  purpose: string
  amount: Money
  partial: boolean
  /** `order`: in a window over the page; `link`: at an address of the provider's. */
  kind: 'order' | 'link'
  expiresAt: Date | null
  /** Null: nobody, or a guest. */
  requestedBy: string | null
  requestedAs: 'member' | 'assistant' | 'api'
  now: Date
}

/**
 * Writes down that something is to be paid, before any provider is asked; what follows is a sweep's work too. Throws `NOT_FOUND` for a
 * conversation that is not there, `NOT_SUPPORTED` where nobody takes money, `ID_REUSED` for another request under this id. The answer
 * says whether it is new.
 */
export async function requestPayment(transaction: Transaction<Tables>, request: PaymentRequest): Promise<boolean> {
  const { organizationId, conversationId, id, purpose, amount, partial, kind, expiresAt, now } = request
  const conversation = await transaction
    .selectFrom('conversations')
    .select('visitor_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const account = await findAccount(transaction, organizationId)
  if (!account) throw new ChatError('NOT_SUPPORTED', 'No payment account is connected.')
  const { rows } = await sql<{ same: boolean }>`
    with made as (
      insert into payment_intents (organization_id, id, account_id, conversation_id, visitor_id, kind, purpose, amount_minor,
        currency, partial, expires_at, requested_by, requested_as, next_check_at, created_at, updated_at)
      values (${organizationId}::uuid, ${id}::uuid, ${account.id}::uuid, ${conversationId}::uuid,
        ${conversation.visitor_id}::uuid, ${kind}, ${purpose}, ${`${amount.minor}`}::bigint, ${amount.currency}, ${partial}::boolean,
        ${expiresAt}::timestamptz, ${request.requestedBy}::uuid, ${request.requestedAs}, ${nextCheckAt(now, now)}::timestamptz,
        ${now}::timestamptz, ${now}::timestamptz)
      on conflict do nothing returning id
    )
    select i.purpose = ${purpose} and i.amount_minor = ${`${amount.minor}`}::bigint and i.currency = ${amount.currency}
      and i.conversation_id = ${conversationId}::uuid and i.partial = ${partial}::boolean as same
    from payment_intents i where i.organization_id = ${organizationId}::uuid and i.id = ${id}::uuid`.execute(
    transaction,
  )
  // Of what was made just now the second part knows nothing.
  if (rows[0]?.same === false)
    throw new ChatError('ID_REUSED', 'This id was used for another payment.', { field: 'id' })
  return rows.length === 0
}
