import { clearTimer, type Draft, putLink, putOrder, putPayment, setTimer } from './draft.js'
import type { OrderRecord, PaymentRecord } from './entities.js'
import { tellAuthorized, tellCaptured, tellFailed, tellLinkPaid, tellOrderPaid } from './events.js'
import type { FailureReason } from './failure-reasons.js'
import { returnUncaptured } from './refunds.js'

const MINUTE = 60_000

/** What is still to be paid on an order. */
export function amountDue(order: OrderRecord): number {
  return order.amount - order.amountPaid
}

/** Every payment on an order, oldest first. */
export function paymentsOf(draft: Pick<Draft, 'payments'>, orderId: string): PaymentRecord[] {
  return [...draft.payments.values()].filter((payment) => payment.orderId === orderId)
}

/** Whether the bank may still say that a payment went through: one that waits for it, or one that failed less than three days ago. */
export function mayBeAuthorized(draft: Draft, payment: PaymentRecord): boolean {
  if (payment.status === 'created') return true
  return payment.status === 'failed' && draft.now - payment.createdAt <= draft.settings.lateAuthorizationWithin
}

/**
 * The bank says yes. What then becomes of the money is up to the order: captured by itself, kept for a capture by hand, or sent back,
 * because the order is paid, another payment has its place, or there is no order at all.
 */
export function authorize(draft: Draft, payment: PaymentRecord): void {
  clearTimer(draft, 'payment.silence', payment.id)
  clearTimer(draft, 'payment.settle', payment.id)
  const order = payment.orderId === null ? undefined : draft.orders.get(payment.orderId)
  const taken = order !== undefined && !hasRoom(draft, order, payment)
  const authorized = putPayment(draft, payment, { status: 'authorized', failure: null, authorizedAt: draft.now })
  const capture = order !== undefined && !taken && isCapturedByItself(draft, order, payment)
  tellAuthorized(draft, authorized, capture)
  if (taken) returnUncaptured(draft, authorized)
  else if (capture) captureAuthorized(draft, authorized, order)
  else setTimer(draft, 'payment.return', payment.id, returnAt(draft, order, authorized))
}

/** Whether an order still wants a payment: none other waits on it for its capture, and as much is due. */
function hasRoom(draft: Draft, order: OrderRecord, payment: PaymentRecord): boolean {
  const other = paymentsOf(draft, order.id).some(({ id, status }) => id !== payment.id && status === 'authorized')
  return !other && payment.amount <= amountDue(order)
}

function isCapturedByItself(draft: Draft, order: OrderRecord, payment: PaymentRecord): boolean {
  const { mode, automaticExpiryMinutes } = order.capture
  return mode === 'automatic' && draft.now - payment.createdAt <= automaticExpiryMinutes * MINUTE
}

function returnAt(draft: Draft, order: OrderRecord | undefined, payment: PaymentRecord): number {
  if (!order) return draft.now + draft.settings.autoRefundAfter
  return Math.max(draft.now, payment.createdAt + order.capture.manualExpiryMinutes * MINUTE)
}

/** Takes the money of an authorised payment, and tells what that means for its order and link. */
export function captureAuthorized(draft: Draft, payment: PaymentRecord, order: OrderRecord): void {
  clearTimer(draft, 'payment.return', payment.id)
  const captured = putPayment(draft, payment, { status: 'captured', captured: true, capturedAt: draft.now })
  const amountPaid = order.amountPaid + payment.amount
  const paid = putOrder(draft, order, { amountPaid, status: amountPaid === order.amount ? 'paid' : order.status })
  tellCaptured(draft, captured)
  if (paid.status === 'paid') tellOrderPaid(draft, paid, captured)
  const link = order.linkId === null ? undefined : draft.links.get(order.linkId)
  if (!link) return
  // A link that was cancelled or has expired stays so: the money came, and whoever sees the link alone does not know.
  const open = link.status === 'created' || link.status === 'partially_paid'
  const status = open ? (paid.status === 'paid' ? 'paid' : 'partially_paid') : link.status
  const changed = putLink(draft, link, { amountPaid, status })
  if (!open) return
  clearTimer(draft, 'link.expire', link.id)
  if (status === 'partially_paid') setTimer(draft, 'link.expire', link.id, link.expireBy)
  tellLinkPaid(draft, changed, paid, captured)
}

/** The bank says no, or nothing for too long. It is not the end: see `mayBeAuthorized`. */
export function fail(draft: Draft, payment: PaymentRecord, reason: FailureReason): void {
  clearTimer(draft, 'payment.silence', payment.id)
  tellFailed(draft, putPayment(draft, payment, { status: 'failed', failure: reason }))
}
