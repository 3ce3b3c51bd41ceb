import { ChatError } from '@chatdesk/protocol'
import { applyFacts, type IntentId } from '../intents/apply-facts.js'
import { type LookContext, lookAtIntent } from '../intents/look-at-intent.js'

/**
 * Calls a payment off that nobody has made. The provider is asked first: what is paid, or about to be, stays. A link ends at the provider
 * as well; an order cannot, so whoever has its window open may still pay, and is told that it was late.
 */
export async function cancelPayment(context: LookContext, which: IntentId): Promise<void> {
  const { database, providers } = context
  const { organizationId, intentId } = which
  const intent = await database
    .of(organizationId)
    .selectFrom('payment_intents')
    .select(['account_id'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .executeTakeFirst()
  if (!intent) throw new ChatError('NOT_FOUND', 'No such payment.')
  const looked = await lookAtIntent(context, which)
  if (looked.status === 'unknown') throw new ChatError('UNAVAILABLE', 'The payment provider gives no answer.')
  const { state } = looked.status === 'looked' ? looked.applied.view : { state: 'creating' }
  if (state === 'cancelled') return
  if (!['creating', 'issued', 'attempted', 'expired'].includes(state))
    throw new ChatError('VALIDATION_FAILED', 'What has been paid is refunded, not cancelled.')
  const link = await database
    .of(organizationId)
    .selectFrom('payment_refs')
    .select('provider_id')
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .where('kind', '=', 'link')
    .executeTakeFirst()
  const provider = await providers.of({ organizationId, accountId: intent.account_id })
  if (link && provider) {
    const ended = await provider.cancelLink(link.provider_id)
    if (!ended.ok) throw new ChatError('UNAVAILABLE', 'The payment provider gives no answer.')
    // Paid in between: then that is what stands.
    if (ended.value.status === 'paid' || ended.value.status === 'partially_paid') {
      await lookAtIntent(context, which)
      throw new ChatError('VALIDATION_FAILED', 'What has been paid is refunded, not cancelled.')
    }
  }
  await applyFacts(context, which, [{ type: 'cancelled' }], 'member')
}
