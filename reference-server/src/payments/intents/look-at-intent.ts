import type { Selectable } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { FactSource } from '../../database/payment-tables.js'
import type { PaymentProviders } from '../accounts/payment-providers.js'
import type { PaymentProvider, ProviderError, ProviderResult } from '../provider/payment-provider.js'
import { type Applied, applyFacts, type FactsContext, type IntentId } from './apply-facts.js'
import { factsOfPayment } from './facts-of-payment.js'
import type { PaymentFact } from './payment-fact.js'

/** What `lookAtIntent` needs. */
export interface LookContext extends FactsContext {
  providers: PaymentProviders
}

/** What a look has come to. */
export type Looked =
  | { status: 'looked'; applied: Applied }
  /** The provider gave no answer, or one that says nothing: it has to be asked again. */
  | { status: 'unknown'; error: ProviderError }
  /** No such intent, or nothing of it that a provider knows. */
  | { status: 'nothing' }

/**
 * Asks the provider how an intent stands, and writes down what it says: whatever a webhook, a browser or a visitor claims, this is all
 * that it leads to. Of several at a time each writes what is new.
 */
export async function lookAtIntent(
  context: LookContext,
  which: IntentId,
  source: FactSource = 'fetch',
  signal?: AbortSignal,
): Promise<Looked> {
  const { organizationId, intentId } = which
  const refs = await context.database
    .of(organizationId)
    .selectFrom('payment_refs')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .execute()
  const [first] = refs
  const provider = first && (await context.providers.of({ organizationId, accountId: first.account_id }))
  if (!provider) return { status: 'nothing' }
  const facts: PaymentFact[] = []
  const orders = new Set(refs.filter(({ kind }) => kind === 'order').map(({ provider_id }) => provider_id))
  for (const ref of refs.filter(({ kind }) => kind === 'link')) {
    const link = await provider.fetchLink(ref.provider_id, signal)
    if (!link.ok) return { status: 'unknown', error: link.error }
    const { orderId, status } = link.value
    if (status === 'expired' || status === 'cancelled') facts.push({ type: status })
    if (orderId === null || orders.has(orderId)) continue
    orders.add(orderId)
    await learnOrder(context, ref, orderId)
  }
  const sentBack = await paymentsSentBack(context, which)
  for (const orderId of orders) {
    const found = await factsOfOrder(provider, { orderId, sentBack, signal })
    if (!found.ok) return { status: 'unknown', error: found.error }
    facts.push(...found.value)
  }
  const applied = await applyFacts(context, which, facts, source)
  return applied ? { status: 'looked', applied } : { status: 'nothing' }
}

type Ref = Selectable<Tables['payment_refs']>
type Found = ProviderResult<PaymentFact[]>

/** Webhooks of payments name the order behind a link, and not the link. */
async function learnOrder({ database }: LookContext, link: Ref, orderId: string): Promise<void> {
  const { organization_id, account_id, intent_id } = link
  await database
    .of(organization_id)
    .insertInto('payment_refs')
    .values({ organization_id, account_id, provider_id: orderId, intent_id, kind: 'order', open: false })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Payments of which something was to go back: a refund that has failed since is nowhere but among the payment's refunds. */
async function paymentsSentBack({ database }: LookContext, { organizationId, intentId }: IntentId) {
  const rows = await database
    .of(organizationId)
    .selectFrom('payment_refunds')
    .select('payment_id')
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .where('refund_id', 'is not', null)
    .execute()
  return new Set(rows.map(({ payment_id }) => payment_id))
}

async function factsOfOrder(
  provider: PaymentProvider,
  { orderId, sentBack, signal }: { orderId: string; sentBack: ReadonlySet<string>; signal: AbortSignal | undefined },
): Promise<Found> {
  const payments = await provider.listOrderPayments(orderId, signal)
  if (!payments.ok) return payments
  const facts: PaymentFact[] = []
  for (const payment of payments.value) {
    // What is of another order is none of this intent's, whoever lists it (threat 76).
    if (payment.orderId !== orderId) continue
    const mayGoBack = payment.amountRefunded > 0n || sentBack.has(payment.id)
    const refunds = payment.captured && mayGoBack ? await provider.listRefunds(payment.id, signal) : undefined
    if (refunds && !refunds.ok) return refunds
    facts.push(...factsOfPayment(payment, refunds?.value))
  }
  return { ok: true, value: facts }
}
