import type { LinkRecord, Notes, OrderRecord, PaymentRecord, RefundRecord } from './entities.js'
import { FAILURES } from './failure-reasons.js'
import type { SimulatorState } from './state.js'
import { cardNetwork } from './test-instruments.js'

/** An entity as the API shows it. */
export type View = Readonly<Record<string, unknown>>

/** Milliseconds as the API has times: seconds. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

/** Notes as orders, payments and refunds show them: a list when there are none. */
function notesView(notes: Notes): unknown {
  return Object.keys(notes).length === 0 ? [] : { ...notes }
}

/** An order, as every answer about it has it. */
export function orderView(order: OrderRecord): View {
  return {
    id: order.id,
    entity: 'order',
    amount: order.amount,
    amount_paid: order.amountPaid,
    amount_due: order.amount - order.amountPaid,
    currency: order.currency,
    receipt: order.receipt,
    offer_id: null,
    status: order.status,
    attempts: order.attempts,
    notes: notesView(order.notes),
    created_at: seconds(order.createdAt),
  }
}

/** Two percent, and 18 percent tax on them: a stand-in, for the real fee hangs on the account. */
function feeOf(amount: number): { fee: number; tax: number } {
  const charge = Math.round(amount * 0.02)
  const tax = Math.round(charge * 0.18)
  return { fee: charge + tax, tax }
}

/** The card of a payment, or nothing when it was paid otherwise. Never more of the number than its end. */
export function cardView({ instrument, cardId }: PaymentRecord): View | null {
  if (instrument.method !== 'card') return null
  return {
    id: cardId,
    entity: 'card',
    name: instrument.name,
    last4: instrument.number.slice(-4),
    network: cardNetwork(instrument.number),
    type: 'credit',
    issuer: null,
    international: false,
    emi: false,
    sub_type: 'consumer',
    token_iin: null,
  }
}

/** A payment, as every answer about it has it. `expand` adds the card. */
export function paymentView(payment: PaymentRecord, expand: readonly string[] = []): View {
  const { instrument, failure } = payment
  const text = failure ? FAILURES[failure] : null
  const costs = payment.captured ? feeOf(payment.amount) : { fee: null, tax: null }
  const reference = payment.authorizedAt === null ? null : String(payment.authorizedAt).slice(-6)
  return {
    id: payment.id,
    entity: 'payment',
    amount: payment.amount,
    currency: payment.currency,
    status: payment.status,
    order_id: payment.orderId,
    invoice_id: null,
    international: false,
    method: instrument.method,
    amount_refunded: payment.amountRefunded,
    refund_status: refundStatus(payment),
    captured: payment.captured,
    description: payment.description,
    card_id: payment.cardId,
    ...(instrument.method === 'card' && expand.includes('card') ? { card: cardView(payment) } : {}),
    bank: instrument.method === 'netbanking' ? instrument.bank : null,
    wallet: instrument.method === 'wallet' ? instrument.wallet : null,
    vpa: instrument.method === 'upi' ? instrument.vpa : null,
    ...(instrument.method === 'upi'
      ? { upi: { payer_account_type: 'bank_account', vpa: instrument.vpa, flow: 'intent' } }
      : {}),
    email: payment.email,
    contact: payment.contact,
    notes: notesView(payment.notes),
    ...costs,
    error_code: text?.code ?? null,
    error_description: text?.description ?? null,
    error_source: text?.source ?? null,
    error_step: text?.step ?? null,
    error_reason: failure,
    acquirer_data: acquirerData(payment, reference),
    created_at: seconds(payment.createdAt),
  }
}

function refundStatus({ amount, amountRefunded }: PaymentRecord): 'partial' | 'full' | null {
  if (amountRefunded === 0) return null
  return amountRefunded === amount ? 'full' : 'partial'
}

function acquirerData({ instrument }: PaymentRecord, reference: string | null): View {
  if (instrument.method === 'card') return { auth_code: reference }
  if (instrument.method === 'upi') return { rrn: reference }
  return instrument.method === 'netbanking' ? { bank_transaction_id: reference } : { transaction_id: reference }
}

/** A refund, as every answer about it has it. */
export function refundView(refund: RefundRecord): View {
  return {
    id: refund.id,
    entity: 'refund',
    amount: refund.amount,
    currency: refund.currency,
    payment_id: refund.paymentId,
    notes: notesView(refund.notes),
    receipt: refund.receipt,
    acquirer_data: { arn: null },
    created_at: seconds(refund.createdAt),
    batch_id: null,
    status: refund.status,
    speed_processed: refund.speedProcessed,
    speed_requested: refund.speedRequested,
  }
}

/** A payment link. No `entity`; zeros for times that never came; payments only once one is captured. */
export function linkView(state: Pick<SimulatorState, 'payments' | 'settings'>, link: LinkRecord): View {
  const payments = [...state.payments.values()].filter(
    ({ orderId, captured }) => captured && orderId !== null && orderId === link.orderId,
  )
  return {
    accept_partial: link.acceptPartial,
    amount: link.amount,
    amount_paid: link.amountPaid,
    callback_method: link.callbackMethod,
    callback_url: link.callbackUrl,
    cancelled_at: seconds(link.cancelledAt),
    created_at: seconds(link.createdAt),
    currency: link.currency,
    customer: { ...link.customer },
    description: link.description,
    expire_by: seconds(link.expireBy),
    expired_at: seconds(link.expiredAt),
    first_min_partial_amount: link.firstMinPartialAmount,
    id: link.id,
    notes: Object.keys(link.notes).length === 0 ? null : { ...link.notes },
    notify: { ...link.notify },
    ...(link.orderId ? { order_id: link.orderId } : {}),
    payments: payments.length === 0 ? null : payments.map((payment) => linkPayment(link, payment)),
    reference_id: link.referenceId,
    reminder_enable: link.reminderEnable,
    reminders: link.reminderEnable ? { status: 'in_progress' } : [],
    short_url: `${state.settings.publicUrl}/l/${link.id}`,
    status: link.status,
    updated_at: seconds(link.updatedAt),
    upi_link: false,
    user_id: '',
    whatsapp_link: false,
  }
}

function linkPayment(link: LinkRecord, payment: PaymentRecord): View {
  return {
    amount: payment.amount,
    created_at: seconds(payment.capturedAt ?? payment.createdAt),
    method: payment.instrument.method,
    payment_id: payment.id,
    plink_id: link.id,
    status: 'captured',
    updated_at: seconds(payment.capturedAt ?? payment.createdAt),
  }
}
