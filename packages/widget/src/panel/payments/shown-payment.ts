import type { PaymentPart, PaymentStatus, VisitorPayment } from '@chatdesk/protocol'
import type { Texts } from '../../text/en.js'
import { ALERT, CHECK, CLOCK, CLOSE_ROUND } from '../icon.js'

/** How a payment stands, whoever has said so: a message of the log, or an answer of the server. */
export type ShownPayment = Pick<
  VisitorPayment,
  'id' | 'purpose' | 'amountMinor' | 'currency' | 'status' | 'paidMinor' | 'refundedMinor' | 'failures' | 'version'
> & { [Key in 'expiresAt' | 'receipt']?: VisitorPayment[Key] | undefined }

/** What a message says of a payment. */
export const fromPart = ({ intentId, ...payment }: PaymentPart): ShownPayment => ({ ...payment, id: intentId })

/** Whether anything can be paid now: at the provider an order has no end of its own. */
export function isPayable({ status, expiresAt }: ShownPayment, now: number): boolean {
  const isOpen = status === 'awaiting_payment' || status === 'partially_paid'
  return isOpen && !(expiresAt && Date.parse(expiresAt) <= now)
}

/** Icon and word of each state. A payment whose try has failed is one to be paid: nothing else is known for certain (bug 12). */
const LOOKS = {
  awaiting_payment: [CLOCK, 'paymentAwaiting'],
  verifying: [CLOCK, 'paymentVerifying'],
  paid: [CHECK, 'paymentPaid'],
  partially_paid: [CLOCK, 'paymentPartly'],
  expired: [ALERT, 'paymentExpired'],
  cancelled: [CLOSE_ROUND, 'paymentCancelled'],
  refunded: [CHECK, 'paymentRefunded'],
  partially_refunded: [CHECK, 'paymentPartlyRefunded'],
} as const satisfies Record<PaymentStatus, [shape: string, key: keyof Texts]>

/** How a payment looks by its state: an icon, and the key of its word. */
export function lookOf(payment: ShownPayment, now: number) {
  const isOver = payment.status === 'awaiting_payment' && !isPayable(payment, now)
  return LOOKS[isOver ? 'expired' : payment.status]
}
