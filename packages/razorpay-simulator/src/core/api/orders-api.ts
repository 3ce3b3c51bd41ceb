import { nextId, putOrder } from '../draft.js'
import type { CaptureTerms, Notes, OrderRecord } from '../entities.js'
import { accountCaptureTerms } from '../links.js'
import { paymentsOf } from '../payments.js'
import { orderView, paymentView } from '../views.js'
import { type Answer, type Call, collection, expansions, find, onlyNotes, ownNewestFirst, page } from './call.js'
import {
  type Body,
  checkAmount,
  flag,
  isSent,
  limitedText,
  optionalInteger,
  readNotes,
  refuseUnknown,
  requiredAmount,
  requiredCurrency,
} from './fields.js'
import { badRequest } from './refusal.js'

const FIELDS = [
  'amount',
  'currency',
  'receipt',
  'notes',
  'partial_payment',
  'first_payment_min_amount',
  'payment',
  'payment_capture',
  'unique_receipt',
]

/** Notes of orders, payments and refunds. */
export function ownNotes(body: Body): Notes {
  return readNotes(body, 256, 'The notes may not be greater than 256 characters.', badRequest)
}

/** `POST /orders` */
export function createOrder(call: Call): Answer {
  const { draft, body } = call
  const amount = requiredAmount(body, badRequest)
  const currency = requiredCurrency(body, badRequest)
  checkAmount(amount, currency, draft.settings.maximumAmount, badRequest)
  refuseUnknown(body, FIELDS, badRequest)
  const receipt = limitedText(body, 'receipt', 40, badRequest)
  const partialPayment = flag(body, 'partial_payment', badRequest)
  const firstPaymentMinAmount = optionalInteger(body, 'first_payment_min_amount', badRequest)
  if (firstPaymentMinAmount !== null && !partialPayment)
    throw badRequest('first_payment_min_amount is/are not required and should not be sent', 'first_payment_min_amount')
  if (firstPaymentMinAmount !== null && (firstPaymentMinAmount < 1 || firstPaymentMinAmount > amount))
    throw badRequest('The first_payment_min_amount must be between 1 and the amount.', 'first_payment_min_amount')
  const capture = readCapture(call)
  const notes = ownNotes(body)
  const earlier = receipt === null ? undefined : orderOfReceipt(call, receipt)
  if (earlier) {
    const same = earlier.amount === amount && earlier.currency === currency
    if (flag(body, 'unique_receipt', badRequest) && same) return orderView(earlier)
    if (flag(body, 'unique_receipt', badRequest) || draft.settings.uniqueReceipts)
      throw badRequest('Order receipt should be unique.', undefined, { metadata: { order_id: earlier.id } })
  }
  const order: OrderRecord = {
    id: nextId(draft, 'order'),
    accountId: call.accountId,
    amount,
    amountPaid: 0,
    currency,
    receipt,
    status: 'created',
    attempts: 0,
    notes,
    createdAt: draft.now,
    partialPayment,
    firstPaymentMinAmount,
    capture,
    linkId: null,
  }
  return orderView(putOrder(draft, order))
}

function orderOfReceipt(call: Call, receipt: string): OrderRecord | undefined {
  return ownNewestFirst(call, call.draft.orders).find((order) => order.receipt === receipt)
}

/** When payments are captured: `payment`, or the old `payment_capture`, or as the account has it. */
function readCapture({ draft, body }: Call): CaptureTerms {
  const terms = accountCaptureTerms(draft)
  if (isSent(body, 'payment_capture'))
    return { ...terms, mode: flag(body, 'payment_capture', badRequest) ? 'automatic' : 'manual' }
  if (!isSent(body, 'payment')) return terms
  const payment = asObject(body.payment, 'payment')
  const { capture } = payment
  if (capture !== 'automatic' && capture !== 'manual') throw badRequest('The selected capture is invalid.', 'capture')
  const options = isSent(payment, 'capture_options') ? asObject(payment.capture_options, 'capture_options') : {}
  const automatic = optionalInteger(options, 'automatic_expiry_period', badRequest)
  const manual = optionalInteger(options, 'manual_expiry_period', badRequest)
  if (automatic !== null && automatic < 12)
    throw badRequest('The automatic_expiry_period must be at least 12.', 'automatic_expiry_period')
  if (manual !== null && manual > 7200)
    throw badRequest('The manual_expiry_period may not be greater than 7200.', 'manual_expiry_period')
  if (manual !== null && automatic !== null && manual < automatic)
    throw badRequest('The manual_expiry_period must be at least the automatic_expiry_period.', 'manual_expiry_period')
  return {
    mode: capture,
    automaticExpiryMinutes: automatic ?? terms.automaticExpiryMinutes,
    manualExpiryMinutes: manual ?? Math.max(terms.manualExpiryMinutes, automatic ?? 0),
  }
}

function asObject(value: unknown, field: string): Body {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body
  throw badRequest(`The ${field} must be an array.`, field)
}

/** `GET /orders` */
export function listOrders(call: Call): Answer {
  const receipt = call.query.get('receipt')
  const authorized = call.query.get('authorized')
  const orders = ownNewestFirst(call, call.draft.orders).filter(
    (order) =>
      (receipt === null || order.receipt === receipt) &&
      (authorized === null || (authorized === '1') === hasAuthorizedPayment(call, order)),
  )
  return collection(page(call, orders).map((order) => expandedOrder(call, order)))
}

function hasAuthorizedPayment({ draft }: Call, order: OrderRecord): boolean {
  return paymentsOf(draft, order.id).some(({ status }) => status === 'authorized' || status === 'captured')
}

function expandedOrder(call: Call, order: OrderRecord): Answer {
  const expand = expansions(call)
  const payments = paymentsOf(call.draft, order.id)
  const card = expand.includes('payments.card') ? ['card'] : []
  return {
    ...orderView(order),
    ...(expand.some((what) => what === 'payments' || what === 'payments.card')
      ? { payments: collection(payments.map((payment) => paymentView(payment, card))) }
      : {}),
    ...(expand.includes('transfers') ? { transfers: collection([]) } : {}),
    ...(expand.includes('virtual_account') ? { virtual_account: null } : {}),
  }
}

/** `GET /orders/:id` */
export function getOrder(call: Call, id: string): Answer {
  return expandedOrder(call, find(call, call.draft.orders, 'order', id))
}

/** `PATCH /orders/:id`: the notes, and nothing else. */
export function changeOrder(call: Call, id: string): Answer {
  const order = find(call, call.draft.orders, 'order', id)
  onlyNotes(call.body)
  return orderView(putOrder(call.draft, order, { notes: ownNotes(call.body) }))
}

/** `GET /orders/:id/payments` */
export function listOrderPayments(call: Call, id: string): Answer {
  const order = find(call, call.draft.orders, 'order', id)
  return collection(
    paymentsOf(call.draft, order.id)
      .reverse()
      .map((payment) => paymentView(payment, expansions(call))),
  )
}
