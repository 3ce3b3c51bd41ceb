import type { ProviderPayment, ProviderRefund } from '../provider/payment-provider.js'
import type { PaymentFact } from './payment-fact.js'

/** What a provider's answer about one try to pay says. */
export function factsOfPayment(payment: ProviderPayment, refunds: readonly ProviderRefund[] = []): PaymentFact[] {
  const { id: paymentId, amount, method, createdAt, status, captured } = payment
  const facts: PaymentFact[] = []
  if (status === 'failed' && !captured)
    facts.push({ type: 'failed', paymentId, reason: payment.failure?.reason ?? null })
  if (status === 'authorized') facts.push({ type: 'authorized', paymentId, amount })
  if (captured) facts.push({ type: 'captured', paymentId, amount, method, at: createdAt.toISOString() })
  // What was only held, and let go of.
  if (status === 'refunded' && !captured)
    facts.push({ type: 'authorized', paymentId, amount }, { type: 'returned', paymentId })
  if (captured)
    for (const { id: refundId, amount: returned, status: refundStatus } of refunds)
      facts.push({ type: 'refund', refundId, paymentId, amount: returned, status: refundStatus })
  return facts
}
