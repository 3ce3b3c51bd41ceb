import type { LinkReturn } from '@chatdesk/protocol'
import type { IntentId } from '../intents/apply-facts.js'
import type { LookContext } from '../intents/look-at-intent.js'
import { askOnce, PATIENCE_MS } from './ask-provider.js'

/**
 * Takes what a payer comes back with from a link's own page, as a claim of a page's is taken (M3): for a link that we have stored, and only
 * so that the provider is asked. The token of the receipt, once it is paid; null: nothing genuine, or it is being checked. A forged one is
 * in no audit trail: anybody at all could fill it.
 */
export async function takeReturn(context: LookContext, which: IntentId, claim: LinkReturn): Promise<string | null> {
  const query = context.database.of(which.organizationId)
  const read = () =>
    query
      .selectFrom('payment_intents')
      .select(['account_id', 'receipt_token'])
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', which.intentId)
      .executeTakeFirst()
  const intent = await read()
  const link = await query
    .selectFrom('payment_refs')
    .select('provider_id')
    .where('organization_id', '=', which.organizationId)
    .where('intent_id', '=', which.intentId)
    .where('kind', '=', 'link')
    .where('provider_id', '=', claim.razorpay_payment_link_id)
    .executeTakeFirst()
  const provider = intent && link && (await context.providers.of({ ...which, accountId: intent.account_id }))
  const isGenuine = provider?.isGenuineClaim({
    ...{ kind: 'link', linkId: claim.razorpay_payment_link_id, status: claim.razorpay_payment_link_status },
    ...{ referenceId: claim.razorpay_payment_link_reference_id, paymentId: claim.razorpay_payment_id },
    signature: claim.razorpay_signature,
  })
  if (!isGenuine) return null
  if (intent?.receipt_token) return intent.receipt_token
  await askOnce(context, which, PATIENCE_MS.signed)
  return (await read())?.receipt_token ?? null
}
