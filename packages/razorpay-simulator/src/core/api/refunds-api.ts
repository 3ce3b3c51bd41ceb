import { putRefund } from '../draft.js'
import type { PaymentRecord, RefundRecord } from '../entities.js'
import { refundCaptured } from '../refunds.js'
import { refundView } from '../views.js'
import { type Answer, type Call, collection, find, onlyNotes, ownNewestFirst, page } from './call.js'
import { checkAmount, isSent, limitedText, optionalInteger, refuseUnknown } from './fields.js'
import { ownNotes } from './orders-api.js'
import { findPayment } from './payments-api.js'
import { badRequest, notApplicable } from './refusal.js'

const SIX_MONTHS = 183 * 24 * 60 * 60_000

/** `POST /payments/:id/refund`. The same key and body again is answered with the refund of the first time. */
export function createRefund(call: Call, id: string): Answer {
  const { draft, body } = call
  const payment = findPayment(call, id)
  const key = call.headers['x-refund-idempotency']
  if (key === undefined) return refundView(refund(call, payment))
  if (!/^[A-Za-z0-9_-]{10,}$/.test(key))
    throw notApplicable(
      400,
      'The idempotency key must be at least 10 characters of letters, digits, hyphens and underscores.',
    )
  if (call.refundKeysInFlight.includes(key))
    throw notApplicable(409, 'Another request with the same idempotency key is still being processed.')
  const slot = `${call.accountId} ${key}`
  const request = `${id} ${JSON.stringify(body)}`
  const earlier = draft.idempotentAnswers.get(slot)
  if (earlier && earlier.request !== request)
    throw notApplicable(400, 'Different request with the same idempotency key has already been processed.')
  const made = earlier ? draft.refunds.get(earlier.refundId) : refund(call, payment)
  if (!made) throw new Error('An answer is kept for a refund that is not')
  draft.idempotentAnswers.set(slot, { request, refundId: made.id })
  return refundView(made)
}

function refund(call: Call, payment: PaymentRecord): RefundRecord {
  const { draft, body } = call
  const left = payment.amount - payment.amountRefunded
  const amount = optionalInteger(body, 'amount', badRequest) ?? left
  const speed = isSent(body, 'speed') ? body.speed : 'normal'
  if (speed !== 'normal' && speed !== 'optimum') throw badRequest('The selected speed is invalid.', 'speed')
  if (isSent(body, 'amount')) checkAmount(amount, payment.currency, Number.MAX_SAFE_INTEGER, badRequest)
  refuseUnknown(body, ['amount', 'speed', 'notes', 'receipt'], badRequest)
  const receipt = limitedText(body, 'receipt', 40, badRequest)
  const notes = ownNotes(body)
  if (payment.captured && left === 0) throw badRequest('The payment has been fully refunded already.')
  if (!payment.captured) throw badRequest('The payment status should be captured for action to be taken')
  if (draft.now - payment.createdAt > SIX_MONTHS)
    throw badRequest('Refund is not supported by the bank because the payment is more than 6 months old')
  if (amount > left) throw badRequest('The refund amount provided is greater than amount captured.', 'amount')
  if (receipt !== null && ownNewestFirst(call, draft.refunds).some((earlier) => earlier.receipt === receipt))
    throw badRequest('Duplicate receipt found for this refund request.', 'receipt')
  return refundCaptured(draft, payment, { amount, speed, notes, receipt })
}

/** `GET /refunds`, and `GET /payments/:id/refunds` when a payment is given. */
export function listRefunds(call: Call, paymentId?: string): Answer {
  if (paymentId !== undefined) findPayment(call, paymentId)
  const refunds = ownNewestFirst(call, call.draft.refunds).filter(
    (refund) => paymentId === undefined || refund.paymentId === paymentId,
  )
  return collection(page(call, refunds).map(refundView))
}

/** `GET /refunds/:id`, and `GET /payments/:id/refunds/:rid` when a payment is given. */
export function getRefund(call: Call, id: string, paymentId?: string): Answer {
  if (paymentId !== undefined) findPayment(call, paymentId)
  const refund = find(call, call.draft.refunds, 'refund', id)
  if (paymentId !== undefined && refund.paymentId !== paymentId) throw badRequest('The id provided does not exist')
  return refundView(refund)
}

/** `PATCH /refunds/:id`: the notes, and nothing else. */
export function changeRefund(call: Call, id: string): Answer {
  const refund = find(call, call.draft.refunds, 'refund', id)
  onlyNotes(call.body)
  return refundView(putRefund(call.draft, refund, { notes: ownNotes(call.body) }))
}
