import { type Draft, nextId, putOrder, putPayment, setTimer } from './draft.js'
import type { OrderRecord, PaymentRecord } from './entities.js'
import { FAILURES } from './failure-reasons.js'
import type { AttemptInput, AttemptOutcome, AttemptResult, CheckoutError } from './inputs.js'
import { orderOfLink } from './links.js'
import { amountDue, authorize, fail, paymentsOf } from './payments.js'
import { signCheckout } from './signatures.js'
import { defaultAccountId } from './state.js'
import { DEFAULT_INSTRUMENT, failureOf } from './test-instruments.js'

/** Words of a checkout about an order that is paid already. */
export const ORDER_ALREADY_PAID =
  'Your payment has been declined as the order is already paid. Please initiate the payment with a new order.'
/** Words about a second operation on what is busy. */
export const OPERATION_IN_PROGRESS = 'Request failed because another payment operation is in progress'

/** What is paid, by whom and how much: or why it cannot be. */
type Target = { accountId: string; order: OrderRecord | null; amount: number; currency: string }

/** Somebody pays. Refusals are the ones that a checkout shows; a payment that fails is no refusal. */
export function attempt(draft: Draft, input: AttemptInput): AttemptResult {
  const target = findTarget(draft, input)
  if ('code' in target) return { ok: false, error: target }
  const payment = open(draft, input, target)
  settle(draft, payment, input.outcome ?? outcomeOf(payment))
  return describe(draft, payment.id)
}

function findTarget(draft: Draft, input: AttemptInput): Target | CheckoutError {
  if (input.linkId !== undefined) return linkTarget(draft, input, input.linkId)
  if (input.orderId !== undefined) {
    const order = draft.orders.get(input.orderId)
    const foreign = input.accountId !== undefined && order?.accountId !== input.accountId
    return order && !foreign ? orderTarget(draft, input, order) : refusal('The id provided does not exist', 'order_id')
  }
  if (input.amount === undefined) return refusal('The amount field is required.', 'amount')
  const accountId = input.accountId ?? defaultAccountId(draft.seed)
  return { accountId, order: null, amount: input.amount, currency: input.currency ?? 'INR' }
}

function linkTarget(draft: Draft, input: AttemptInput, linkId: string): Target | CheckoutError {
  const link = draft.links.get(linkId)
  if (!link) return refusal('The id provided does not exist')
  if (link.status === 'cancelled') return refusal('This payment link has been cancelled')
  if (link.status === 'expired' || draft.now >= link.expireBy) return refusal('This payment link has expired')
  if (link.status === 'paid') return refusal(ORDER_ALREADY_PAID)
  return orderTarget(draft, input, orderOfLink(draft, link))
}

function orderTarget(draft: Draft, input: AttemptInput, order: OrderRecord): Target | CheckoutError {
  const due = amountDue(order)
  const amount = input.amount ?? due
  const about = { order_id: order.id }
  if (order.status === 'paid') return refusal(ORDER_ALREADY_PAID, undefined, about)
  if (paymentsOf(draft, order.id).some(({ status }) => status === 'authorized'))
    return refusal(OPERATION_IN_PROGRESS, undefined, about)
  if (input.currency !== undefined && input.currency !== order.currency)
    return refusal('Payment currency must be the same as the currency of the order.', 'currency', about)
  if (amount > due) return refusal('Payment amount is greater than the amount due for order.', 'amount', about)
  if (!order.partialPayment && amount !== due)
    return refusal('Your payment amount is different from your order amount.', 'amount', about)
  const least = order.amountPaid === 0 ? (order.firstPaymentMinAmount ?? 1) : 1
  if (amount < Math.min(least, due)) return refusal(`The amount must be at least ${least}.`, 'amount', about)
  return { accountId: order.accountId, order, amount, currency: order.currency }
}

function refusal(description: string, field?: string, metadata: CheckoutError['metadata'] = {}): CheckoutError {
  return {
    code: 'BAD_REQUEST_ERROR',
    description,
    source: 'business',
    step: 'payment_initiation',
    reason: 'input_validation_failed',
    metadata,
    ...(field === undefined ? {} : { field }),
  }
}

function open(draft: Draft, input: AttemptInput, { accountId, order, amount, currency }: Target): PaymentRecord {
  const instrument = input.instrument ?? DEFAULT_INSTRUMENT
  if (order) putOrder(draft, order, { attempts: order.attempts + 1, status: 'attempted' })
  return putPayment(draft, {
    id: nextId(draft, 'payment'),
    accountId,
    orderId: order?.id ?? null,
    amount,
    currency,
    status: 'created',
    captured: false,
    amountRefunded: 0,
    instrument,
    cardId: instrument.method === 'card' ? nextId(draft, 'card') : null,
    // No ASCII and a slash, so that whoever serialises a webhook again gets other bytes.
    description: input.description === undefined ? 'Simulated payment – no ₹/€ moves' : input.description,
    email: input.email ?? null,
    contact: input.contact ?? null,
    notes: input.notes ?? order?.notes ?? {},
    failure: null,
    createdAt: draft.now,
    authorizedAt: null,
    capturedAt: null,
  })
}

function outcomeOf({ instrument }: PaymentRecord): AttemptOutcome {
  const reason = failureOf(instrument)
  return reason === null ? { kind: 'success' } : { kind: 'failure', reason }
}

function settle(draft: Draft, payment: PaymentRecord, outcome: AttemptOutcome): void {
  if (outcome.kind === 'success') authorize(draft, payment)
  else if (outcome.kind === 'failure') fail(draft, payment, outcome.reason)
  else {
    setTimer(draft, 'payment.silence', payment.id, draft.now + draft.settings.silenceAfter)
    if (outcome.authorizedAfter !== undefined)
      setTimer(draft, 'payment.settle', payment.id, draft.now + outcome.authorizedAfter)
  }
}

/** A payment as its checkout has to tell of it. The signature is there once the bank said yes, captured or not. */
export function describe(draft: Draft, paymentId: string): AttemptResult & { ok: true } {
  const payment = draft.payments.get(paymentId)
  if (!payment) throw new Error(`No payment ${paymentId}`)
  const { orderId, status, failure } = payment
  const secret = draft.keys.find(({ accountId }) => accountId === payment.accountId)?.secret
  const good = status === 'authorized' || status === 'captured'
  const signature = good && orderId !== null && secret ? signCheckout({ orderId, paymentId }, secret) : null
  return {
    ok: true,
    paymentId,
    orderId,
    status,
    signature,
    error: failure && status === 'failed' ? failureError(payment) : null,
  }
}

function failureError({ id, orderId, failure }: PaymentRecord): CheckoutError {
  const reason = failure ?? 'payment_failed'
  return {
    ...FAILURES[reason],
    reason,
    metadata: { payment_id: id, ...(orderId === null ? {} : { order_id: orderId }) },
  }
}
