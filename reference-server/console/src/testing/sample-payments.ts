import type { MessageView } from '@chatdesk/core'
import type { Payment, PaymentAccount, PaymentDetail, PaymentPart, Reconciliation } from '@chatdesk/protocol'
import { minutesAgo, PRIYA, sampleId, sampleMessage } from './sample-data.js'

const DAY = 1440
const ASKER = { id: PRIYA.id ?? '', name: PRIYA.name ?? '' }

/** An account in test mode that has heard of Razorpay. */
export function sampleAccount(given: Partial<PaymentAccount> = {}): PaymentAccount {
  return {
    ...{ provider: 'razorpay', mode: 'test', keyId: 'rzp_test_1DP5mmOlF5G5ag' },
    webhookPath: '/api/payments/hooks/razorpay/8Zq1vT0xW3mK5nB7cD9eFg',
    ...{ lastWebhookAt: minutesAgo(4), createdAt: minutesAgo(30 * DAY), ...given },
  }
}

/** A payment of 1,499.50 rupees that waits to be paid; what is not given is usual. */
export function samplePayment(number: number, given: Partial<Payment> = {}): Payment {
  return {
    ...{ id: sampleId(4000 + number), conversationId: sampleId(1), visitorName: 'Anaya Deshmukh' },
    ...{ purpose: 'Name approval', amountMinor: 149_950, currency: 'INR', kind: 'order', partial: false },
    ...{ mode: 'test', state: 'issued', status: 'awaiting_payment', paidMinor: 0, refundedMinor: 0 },
    ...{ failures: 0, failure: null, url: null, receipt: null, version: 1, requestedBy: ASKER, requestedAs: 'member' },
    ...{ expiresAt: null, createdAt: minutesAgo(60 * number), updatedAt: minutesAgo(30 * number), ...given },
  }
}

/** Payments as a week brings them, the newest first. */
export function samplePayments(): Payment[] {
  return [
    samplePayment(1, { expiresAt: minutesAgo(-DAY) }),
    samplePayment(2, {
      ...{ purpose: 'Digital signatures', amountMinor: 300_000, paidMinor: 300_000 },
      ...{ state: 'paid', status: 'paid', version: 2 },
    }),
    samplePayment(3, {
      ...{ purpose: 'Filing fee', state: 'attempted', failures: 2, failure: 'Payment failed because of low funds' },
    }),
    samplePayment(4, {
      ...{ purpose: 'Deposit', amountMinor: 1_000_000, paidMinor: 1_000_000, refundedMinor: 400_000 },
      ...{ state: 'partially_refunded', status: 'partially_refunded', version: 4, mode: 'live' },
      ...{ conversationId: null, visitorName: null },
    }),
    samplePayment(5, { purpose: '=HYPERLINK("x")', state: 'cancelled', status: 'cancelled', requestedBy: null }),
    samplePayment(6, {
      ...{ purpose: 'Certificate', amountMinor: 50_000, paidMinor: 40_000 },
      ...{ state: 'mismatch', status: 'verifying', version: 3 },
    }),
  ]
}

/** What stands behind a payment: one capture of all that has been paid, and what went back of it. */
export function sampleDetail(payment: Payment): PaymentDetail {
  const { currency, createdAt, updatedAt, paidMinor, refundedMinor, requestedBy, state } = payment
  const paymentId = `pay_${payment.id.slice(-14).replace('-', '0')}`
  const amount = { from: null, to: '₹3,000.00' }
  const line = { currency, source: 'webhook' as const }
  return {
    payment,
    captures:
      paidMinor === 0
        ? []
        : [
            {
              ...{ paymentId, amountMinor: paidMinor, currency, method: 'upi', at: updatedAt },
              refundableMinor: paidMinor - refundedMinor,
            },
          ],
    strange: state === 'mismatch' ? [{ paymentId, amountMinor: paidMinor, currency, captured: true }] : [],
    refunds:
      refundedMinor === 0
        ? []
        : [
            {
              ...{ id: sampleId(4900), paymentId, amountMinor: refundedMinor, cause: 'member', reason: 'Fewer seats' },
              ...{ requestedBy: ASKER, state: 'sent', error: null, createdAt: updatedAt },
            },
          ],
    ledger: [
      ...(paidMinor === 0
        ? []
        : [{ ...line, type: 'captured' as const, reference: paymentId, amountMinor: paidMinor, at: updatedAt }]),
      ...(refundedMinor === 0
        ? []
        : [{ ...line, type: 'refund' as const, reference: 'rfnd_1', amountMinor: -refundedMinor, at: updatedAt }]),
    ],
    history: [
      { at: createdAt, actor: requestedBy, action: 'payment.create', changes: { amount } },
      {
        ...{ at: createdAt, actor: null, action: 'payment.check' },
        changes: { state: { from: 'creating', to: 'issued' } },
      },
    ],
  }
}

/** A report with something of each kind. */
export function sampleReconciliation(): Reconciliation {
  const day = (date: string, given: Partial<Reconciliation['days'][number]>) => ({
    ...{ day: date, comparisons: 1, failures: 0, compared: 40, mended: 0, orphans: 0, told: 6, found: 0, ...given },
  })
  const [, , , refunded, , strange] = samplePayments()
  if (!refunded || !strange) throw new Error('no samples')
  const [refund] = sampleDetail(refunded).refunds
  if (!refund) throw new Error('no refund')
  return {
    orphans: [
      {
        ...{ paymentId: 'pay_NqX8tL2vRz4Ks1', reason: 'It was paid without an order.', amountMinor: 99_900 },
        ...{ currency: 'INR', foundAt: minutesAgo(DAY) },
      },
    ],
    attention: [strange],
    refusedRefunds: [
      {
        ...{ intentId: refunded.id, purpose: refunded.purpose },
        refund: { ...refund, state: 'refused', error: 'The payment is more than six months old.' },
      },
    ],
    ...{ waitingWebhooks: 2, oldestWebhookAt: minutesAgo(12), comparedAt: minutesAgo(180) },
    days: [
      day('2026-11-17', { mended: 1, found: 2 }),
      day('2026-11-16', { orphans: 1 }),
      day('2026-11-15', { failures: 3 }),
      day('2026-11-14', { comparisons: 0, compared: 0, told: 1 }),
    ],
  }
}

/** What a conversation is told of a payment, as the `seq`th of its log. */
export function samplePaymentMessage(seq: number, minutes: number, given: Partial<PaymentPart> = {}): MessageView {
  const part: PaymentPart = {
    ...{ type: 'payment', text: 'Payment requested: Name approval, ₹1,499.50', intentId: sampleId(4001), version: 1 },
    ...{ purpose: 'Name approval', status: 'awaiting_payment', amountMinor: 149_950, currency: 'INR' },
    ...{ paidMinor: 0, refundedMinor: 0, failures: 0, ...given },
  }
  return { ...sampleMessage(seq, { kind: 'system' }, part.text, minutes), parts: [part] }
}
