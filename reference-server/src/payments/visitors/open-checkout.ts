import { ChatError, type Checkout } from '@chatdesk/protocol'
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { VisitorActor } from '../../organizations/actor.js'
import { type IssueContext, issueIntent } from '../intents/issue-intent.js'
import { statusOf } from '../intents/payment-state.js'
import { findOwnIntent, toVisitorPayment } from './visitor-payments.js'

type Intent = Selectable<Tables['payment_intents']>

/** What `openCheckout` needs. */
export interface CheckoutContext extends IssueContext {
  /** Where the window's script comes from, if not from the provider itself. */
  scriptUrl?: string | undefined
}

/**
 * What a visitor pays with: the window of an order, or the address of a link. `blocked`: the provider's window cannot be had in this
 * page, so a link is offered in its place from now on. What cannot be paid any more is answered as it stands.
 */
export async function openCheckout(
  context: CheckoutContext,
  actor: VisitorActor,
  { intentId, blocked }: { intentId: string; blocked: boolean },
): Promise<Checkout> {
  const { database, clock, scriptUrl } = context
  let intent = await findOwnIntent(database, actor, intentId)
  if (!isPayable(intent, clock())) return { kind: 'closed', payment: toVisitorPayment(intent) }
  if (blocked && intent.kind === 'order') await offerLink(context, intent)
  await issueIntent(context, { organizationId: actor.organizationId, intentId })
  intent = await findOwnIntent(database, actor, intentId)
  const found = await findOffer(context, intent)
  if (!found) throw new ChatError('UNAVAILABLE', 'The payment provider gives no answer. Try again in a minute.')
  const { offer, keyId, name } = found
  if (offer.kind === 'link') {
    if (intent.url === null) throw new ChatError('UNAVAILABLE', 'The payment provider gives no answer.')
    return { kind: 'link', url: intent.url }
  }
  const left = BigInt(intent.amount_minor) - BigInt(intent.paid_minor)
  return {
    ...(scriptUrl ? { scriptUrl } : {}),
    ...{ kind: 'order', keyId, orderId: offer.provider_id, amountMinor: Number(left), currency: intent.currency },
    ...{ name, description: intent.purpose, prefill: await prefillOf(context, actor) },
  }
}

/** Whether anybody may still pay: an order has no end of its own at the provider. */
function isPayable(intent: Intent, now: Date): boolean {
  const { state, paid_minor: paid, refunded_minor: refunded, expires_at: expiresAt } = intent
  const status = statusOf({ state, paid: BigInt(paid), refunded: BigInt(refunded) })
  const isOpen = status === 'awaiting_payment' || status === 'partially_paid'
  return isOpen && (expiresAt === null || expiresAt > now)
}

/** From now on it is paid at an address; whoever still pays the order has paid as well, and nothing twice (P9, P12). */
async function offerLink({ database }: IssueContext, { organization_id, id }: Intent): Promise<void> {
  await database
    .of(organization_id)
    .updateTable('payment_intents')
    .set({ kind: 'link', issuing_until: null })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('kind', '=', 'order')
    .execute()
}

async function findOffer({ database }: IssueContext, { organization_id, id, kind, account_id }: Intent) {
  const query = database.of(organization_id)
  const offer = await query
    .selectFrom('payment_refs')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('intent_id', '=', id)
    .where('open', '=', true)
    .where('kind', '=', kind)
    .executeTakeFirst()
  const account = await query
    .selectFrom('payment_accounts as a')
    .innerJoin('organizations as o', 'o.id', 'a.organization_id')
    .select(['a.key_id', 'o.name'])
    .where('a.organization_id', '=', organization_id)
    .where('a.id', '=', account_id)
    .executeTakeFirst()
  return offer && account ? { offer, keyId: account.key_id, name: account.name } : undefined
}

/** What is known of a visitor anyway, so that they need not type it. */
async function prefillOf({ database }: IssueContext, actor: VisitorActor): Promise<{ name?: string; email?: string }> {
  const visitor = await database
    .of(actor.organizationId)
    .selectFrom('visitors')
    .select(['name', 'email'])
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.visitorId)
    .executeTakeFirst()
  return { ...(visitor?.name ? { name: visitor.name } : {}), ...(visitor?.email ? { email: visitor.email } : {}) }
}
