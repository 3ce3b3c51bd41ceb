import { clearTimer, type Draft, nextId, putPayment, putRefund, setTimer } from './draft.js'
import type { Notes, PaymentRecord, RefundRecord } from './entities.js'
import { tellRefund } from './events.js'
import { takeFault } from './take-fault.js'

/** What a refund is asked for with. */
export interface RefundRequest {
  amount: number
  speed: 'normal' | 'optimum'
  notes: Notes
  receipt: string | null
}

/** Begins to send money of a captured payment back. It counts at once, whether or not the bank has it yet. */
export function refundCaptured(draft: Draft, payment: PaymentRecord, request: RefundRequest): RefundRecord {
  const amountRefunded = payment.amountRefunded + request.amount
  putPayment(draft, payment, {
    amountRefunded,
    status: amountRefunded === payment.amount ? 'refunded' : payment.status,
  })
  return begin(draft, payment, request, false)
}

/** Razorpay sends a payment back that was never captured. */
export function returnUncaptured(draft: Draft, payment: PaymentRecord): void {
  clearTimer(draft, 'payment.return', payment.id)
  putPayment(draft, payment, { status: 'refunded', amountRefunded: payment.amount })
  begin(draft, payment, { amount: payment.amount, speed: 'normal', notes: {}, receipt: null }, true)
}

function begin(draft: Draft, payment: PaymentRecord, request: RefundRequest, automatic: boolean): RefundRecord {
  const refund: RefundRecord = {
    id: nextId(draft, 'refund'),
    accountId: payment.accountId,
    paymentId: payment.id,
    amount: request.amount,
    currency: payment.currency,
    notes: request.notes,
    receipt: request.receipt,
    status: 'pending',
    speedRequested: request.speed,
    speedProcessed: request.speed === 'optimum' ? 'instant' : 'normal',
    automatic,
    createdAt: draft.now,
  }
  putRefund(draft, refund)
  tellRefund(draft, 'refund.created', refund)
  setTimer(draft, 'refund.process', refund.id, draft.now + draft.settings.refundAfter)
  return refund
}

/** The bank took a refund, or did not: as the faults say, else it took it. */
export function settleRefund(draft: Draft, refund: RefundRecord): void {
  const fault = takeFault(draft, (candidate) => candidate.on === 'refund')
  if (fault?.on === 'refund' && fault.kind === 'stay_pending') return
  // Money that was never captured is Razorpay's to return: it does not come back to the merchant.
  if (fault?.on === 'refund' && fault.kind === 'fail' && !refund.automatic) {
    failRefund(draft, refund)
    return
  }
  if (fault?.on === 'refund' && fault.kind === 'fall_back_to_normal' && refund.speedProcessed === 'instant') {
    refund = putRefund(draft, refund, { speedProcessed: 'normal' })
    tellRefund(draft, 'refund.speed_changed', refund)
  }
  processRefund(draft, refund)
}

/** `pending` becomes `processed`. */
export function processRefund(draft: Draft, refund: RefundRecord): void {
  clearTimer(draft, 'refund.process', refund.id)
  tellRefund(draft, 'refund.processed', putRefund(draft, refund, { status: 'processed' }))
}

/** `pending` becomes `failed`, and what was to go back is the merchant's again. */
export function failRefund(draft: Draft, refund: RefundRecord): void {
  clearTimer(draft, 'refund.process', refund.id)
  const failed = putRefund(draft, refund, { status: 'failed' })
  const payment = draft.payments.get(refund.paymentId)
  if (payment)
    putPayment(draft, payment, { amountRefunded: payment.amountRefunded - refund.amount, status: 'captured' })
  tellRefund(draft, 'refund.failed', failed)
}
