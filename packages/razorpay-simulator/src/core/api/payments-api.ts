import { ORDER_ALREADY_PAID } from '../attempts.js'
import { putPayment } from '../draft.js'
import type { PaymentRecord } from '../entities.js'
import { amountDue, captureAuthorized } from '../payments.js'
import { cardView, paymentView } from '../views.js'
import { type Answer, type Call, collection, expansions, find, onlyNotes, ownNewestFirst, page } from './call.js'
import { isSent, refuseUnknown, requiredAmount, requiredCurrency } from './fields.js'
import { ownNotes } from './orders-api.js'
import { badRequest } from './refusal.js'

/** Finds a payment of the caller's account. */
export function findPayment(call: Call, id: string): PaymentRecord {
  return find(call, call.draft.payments, 'payment', id)
}

/** `GET /payments` */
export function listPayments(call: Call): Answer {
  const payments = page(call, ownNewestFirst(call, call.draft.payments))
  return collection(payments.map((payment) => paymentView(payment, expansions(call))))
}

/** `GET /payments/:id` */
export function getPayment(call: Call, id: string): Answer {
  return paymentView(findPayment(call, id), expansions(call))
}

/** `PATCH /payments/:id`: the notes, and nothing else. */
export function changePayment(call: Call, id: string): Answer {
  const payment = findPayment(call, id)
  onlyNotes(call.body)
  return paymentView(putPayment(call.draft, payment, { notes: ownNotes(call.body) }))
}

/** `GET /payments/:id/card` */
export function getCard(call: Call, id: string): Answer {
  const card = cardView(findPayment(call, id))
  if (!card) throw badRequest('The id provided does not exist')
  return card
}

/** `POST /payments/:id/capture`: all that was authorised, once. */
export function capturePayment(call: Call, id: string): Answer {
  const { draft, body } = call
  const payment = findPayment(call, id)
  const amount = requiredAmount(body, badRequest)
  const currency = isSent(body, 'currency') ? requiredCurrency(body, badRequest) : 'INR'
  refuseUnknown(body, ['amount', 'currency'], badRequest)
  if (currency !== payment.currency)
    throw badRequest('Capture request currency must be same as payment currency', 'currency')
  if (payment.captured) throw badRequest('This payment has already been captured')
  const order = payment.orderId === null ? undefined : draft.orders.get(payment.orderId)
  if (order?.status === 'paid') throw badRequest(ORDER_ALREADY_PAID)
  if (payment.status !== 'authorized')
    throw badRequest('Only payments which have been authorized and not yet captured can be captured')
  if (!order) throw badRequest('A payment without an order cannot be captured.', 'order_id')
  if (payment.amount > amountDue(order)) throw badRequest('Payment amount is greater than the amount due for order.')
  if (amount !== payment.amount) throw badRequest('Capture amount must be equal to the amount authorized', 'amount')
  captureAuthorized(draft, payment, order)
  return paymentView(findPayment(call, id))
}
