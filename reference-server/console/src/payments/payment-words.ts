import type { PaymentState, PaymentStatus } from '@chatdesk/protocol'

/** How pleasant a state is. */
type Tone = 'quiet' | 'good' | 'late' | 'bad'

/** States in words, in the order of a payment's life. */
export const STATE_NAMES: Record<PaymentState, string> = {
  creating: 'Being made',
  issued: 'Waiting',
  attempted: 'Tried, not paid',
  authorized: 'Being checked',
  partially_paid: 'Paid in part',
  paid: 'Paid',
  paid_late: 'Paid late',
  overpaid: 'Paid twice',
  partially_refunded: 'Refunded in part',
  refunded: 'Refunded',
  expired: 'Expired',
  cancelled: 'Cancelled',
  disputed: 'Disputed',
  mismatch: 'Does not fit',
}

export const STATE_TONES: Record<PaymentState, Tone> = {
  ...{ creating: 'quiet', issued: 'late', attempted: 'late', authorized: 'late', partially_paid: 'late' },
  ...{ paid: 'good', paid_late: 'good', overpaid: 'bad', partially_refunded: 'quiet', refunded: 'quiet' },
  ...{ expired: 'quiet', cancelled: 'quiet', disputed: 'bad', mismatch: 'bad' },
}

/** What a state means, where its word alone does not say. */
export const STATE_MEANINGS: Partial<Record<PaymentState, string>> = {
  creating: 'Razorpay has not confirmed it yet. It is asked again by itself.',
  attempted: 'A try has failed, and the visitor can try again. Banks also let a try through days later.',
  authorized: 'The bank holds the money, and Razorpay has not taken it yet.',
  paid_late: 'It was paid although it had expired or was cancelled.',
  overpaid: 'More came in than was asked for. The rest goes back by itself.',
  disputed: 'The payer has asked their bank for the money back. The bank decides; answer at Razorpay.',
  mismatch: 'What came in is not the amount or the currency that was asked for. Look at it at Razorpay.',
}

/** How a payment stands for whoever is to pay, as the conversation tells it. */
export const STATUS_NAMES: Record<PaymentStatus, string> = {
  awaiting_payment: 'Waiting to be paid',
  verifying: 'Being checked',
  paid: 'Paid',
  partially_paid: 'Paid in part',
  expired: 'Expired',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  partially_refunded: 'Refunded in part',
}

export const STATUS_TONES: Record<PaymentStatus, Tone> = {
  ...{ awaiting_payment: 'late', verifying: 'late', paid: 'good', partially_paid: 'late' },
  ...{ expired: 'quiet', cancelled: 'quiet', refunded: 'quiet', partially_refunded: 'quiet' },
}

/** Whether it can still be called off: nobody has paid anything of it. */
export function canBeCancelled(state: PaymentState): boolean {
  return ['creating', 'issued', 'attempted', 'expired'].includes(state)
}

/** Whether money is still waited for: until then it matters when that ends, and why a try has failed. */
export function isAwaited(state: PaymentState): boolean {
  return ['creating', 'issued', 'attempted', 'partially_paid', 'expired'].includes(state)
}
