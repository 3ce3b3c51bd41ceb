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
  for (const ref of refs) {
    const found = await factsOfRef(provider, ref, signal)
    if (!found.ok) return { status: 'unknown', error: found.error }
    facts.push(...found.value)
  }
  const applied = await applyFacts(context, which, facts, source)
  return applied ? { status: 'looked', applied } : { status: 'nothing' }
}

type Ref = Selectable<Tables['payment_refs']>
type Found = ProviderResult<PaymentFact[]>

async function factsOfRef(provider: PaymentProvider, ref: Ref, signal: AbortSignal | undefined): Promise<Found> {
  if (ref.kind === 'order') return factsOfOrder(provider, ref.provider_id, signal)
  const link = await provider.fetchLink(ref.provider_id, signal)
  if (!link.ok) return link
  const { orderId, status } = link.value
  const paid: Found = orderId === null ? { ok: true, value: [] } : await factsOfOrder(provider, orderId, signal)
  if (!paid.ok || (status !== 'expired' && status !== 'cancelled')) return paid
  return { ok: true, value: [{ type: status }, ...paid.value] }
}

async function factsOfOrder(
  provider: PaymentProvider,
  orderId: string,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const payments = await provider.listOrderPayments(orderId, signal)
  if (!payments.ok) return payments
  const facts: PaymentFact[] = []
  for (const payment of payments.value) {
    // What is of another order is none of this intent's, whoever lists it (threat 76).
    if (payment.orderId !== orderId) continue
    const refunds =
      payment.captured && payment.amountRefunded > 0n ? await provider.listRefunds(payment.id, signal) : undefined
    if (refunds && !refunds.ok) return refunds
    facts.push(...factsOfPayment(payment, refunds?.value))
  }
  return { ok: true, value: facts }
}
