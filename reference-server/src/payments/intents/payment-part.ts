import { formatMoney, type PaymentPart } from '@chatdesk/protocol'
import type { Money } from '../money/money.js'
import { type IntentView, statusOf } from './payment-state.js'

/** What a message says of a payment. */
export interface ToldPayment extends Pick<IntentView, 'state' | 'paid' | 'refunded' | 'failures'> {
  intentId: string
  version: number
  purpose: string
  amount: Money
  expiresAt: Date | null
  receipt: PaymentPart['receipt'] | null
}

/** How a payment stands, for its conversation (M1): clients that know no payments show the words. */
export function paymentPart(told: ToldPayment): PaymentPart {
  const { intentId, version, purpose, amount, paid, refunded, failures, expiresAt, receipt } = told
  return {
    ...{ type: 'payment', text: wordsOf(told), intentId, version, purpose, status: statusOf(told), failures },
    ...{ amountMinor: Number(amount.minor), currency: amount.currency },
    ...{ paidMinor: Number(paid), refundedMinor: Number(refunded) },
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...(receipt ? { receipt } : {}),
  }
}

function wordsOf(told: ToldPayment): string {
  const { purpose, amount, paid, refunded, failures } = told
  const money = (minor: bigint) => formatMoney({ ...amount, minor })
  const what = `${purpose}, ${formatMoney(amount)}`
  switch (statusOf(told)) {
    case 'awaiting_payment':
      return failures > 0 ? `Payment failed: ${what}. It can be tried again.` : `Payment requested: ${what}`
    case 'verifying':
      return `Payment is being checked: ${what}`
    case 'paid':
      return `Payment received: ${what}`
    case 'partially_paid':
      return `Payment received in part: ${purpose}, ${money(paid)} of ${formatMoney(amount)}`
    case 'expired':
      return `Payment request expired: ${what}`
    case 'cancelled':
      return `Payment request cancelled: ${what}`
    case 'refunded':
      return `Payment refunded: ${purpose}, ${money(refunded)}`
    case 'partially_refunded':
      return `Payment refunded in part: ${purpose}, ${money(refunded)} of ${money(paid)}`
  }
}
