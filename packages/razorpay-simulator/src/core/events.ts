import type { Draft } from './draft.js'
import type { LinkRecord, OrderRecord, PaymentRecord, RefundRecord } from './entities.js'
import { linkView, orderView, paymentView, refundView, seconds, type View } from './views.js'
import type { EventName } from './webhook-records.js'

function tell(
  draft: Draft,
  accountId: string,
  name: EventName,
  entities: Readonly<Record<string, View>>,
  createdAt = seconds(draft.now),
): void {
  const payload = Object.fromEntries(Object.entries(entities).map(([entity, view]) => [entity, { entity: view }]))
  draft.pendingEvents.push({ accountId, name, contains: Object.keys(entities), payload, createdAt })
}

/**
 * `payment.authorized`. For a card that is captured at once the snapshot says `captured: true` beside `status: "authorized"`, as the
 * published sample does, and what was no error is an empty text.
 */
export function tellAuthorized(draft: Draft, payment: PaymentRecord, capturedAtOnce: boolean): void {
  const view = paymentView(payment, ['card'])
  const oddity = capturedAtOnce && payment.instrument.method === 'card' ? { captured: true, error_code: '' } : {}
  tell(draft, payment.accountId, 'payment.authorized', { payment: { ...view, ...oddity } })
}

/** `payment.captured`, with the amounts that only this event has. */
export function tellCaptured(draft: Draft, payment: PaymentRecord): void {
  tell(draft, payment.accountId, 'payment.captured', { payment: settledPayment(payment) })
}

/** `payment.failed`. */
export function tellFailed(draft: Draft, payment: PaymentRecord): void {
  tell(draft, payment.accountId, 'payment.failed', { payment: paymentView(payment, ['card']) })
}

/** `order.paid`: beside `payment.captured`, for the same money. */
export function tellOrderPaid(draft: Draft, order: OrderRecord, payment: PaymentRecord): void {
  tell(draft, order.accountId, 'order.paid', { payment: settledPayment(payment), order: orderView(order) })
}

/** `payment_link.paid` or `payment_link.partially_paid`, dated by the creation of the link. */
export function tellLinkPaid(draft: Draft, link: LinkRecord, order: OrderRecord, payment: PaymentRecord): void {
  const name = link.status === 'paid' ? 'payment_link.paid' : 'payment_link.partially_paid'
  const entities = {
    payment_link: linkView(draft, link),
    order: innerOrder(draft, order, link),
    payment: settledPayment(payment),
  }
  tell(draft, link.accountId, name, entities, seconds(link.createdAt))
}

/** `payment_link.cancelled` or `payment_link.expired`. */
export function tellLinkEnded(draft: Draft, link: LinkRecord): void {
  const name = link.status === 'cancelled' ? 'payment_link.cancelled' : 'payment_link.expired'
  tell(draft, link.accountId, name, { payment_link: linkView(draft, link) }, seconds(link.createdAt))
}

/** An event of a refund, with the payment as it is after it. */
export function tellRefund(
  draft: Draft,
  name: 'refund.created' | 'refund.processed' | 'refund.failed' | 'refund.speed_changed',
  refund: RefundRecord,
): void {
  const payment = draft.payments.get(refund.paymentId)
  if (!payment) return
  tell(draft, refund.accountId, name, { refund: refundView(refund), payment: paymentView(payment, ['card']) })
}

function settledPayment(payment: PaymentRecord): View {
  return { ...paymentView(payment, ['card']), base_amount: payment.amount, amount_transferred: 0 }
}

/** The order as events of links carry it: another record of it, without `entity`, and with an id that lacks `order_`. */
function innerOrder(draft: Draft, order: OrderRecord, link: LinkRecord): View {
  return {
    account_number: null,
    amount: order.amount,
    amount_due: order.amount - order.amountPaid,
    amount_paid: order.amountPaid,
    app_offer: false,
    attempts: order.attempts,
    authorized: true,
    bank: null,
    created_at: seconds(order.createdAt),
    currency: order.currency,
    customer_id: null,
    discount: false,
    first_payment_min_amount: order.firstPaymentMinAmount,
    id: order.id.slice('order_'.length),
    merchant_id: order.accountId.slice('acc_'.length),
    method: null,
    notes: Object.keys(order.notes).length === 0 ? [] : { ...order.notes },
    offer_id: null,
    partial_payment: order.partialPayment,
    payment_capture: order.capture.mode === 'automatic',
    product_id: link.id.slice('plink_'.length),
    product_type: 'payment_link_v2',
    public_key: draft.keys.find(({ accountId }) => accountId === order.accountId)?.id ?? null,
    receipt: order.receipt,
    reference2: null,
    status: order.status,
    updated_at: seconds(draft.now),
  }
}
