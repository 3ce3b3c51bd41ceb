import { attempt, describe } from '../attempts.js'
import type { Instrument } from '../entities.js'
import { FAILURES } from '../failure-reasons.js'
import type { AttemptInput } from '../inputs.js'
import { authorize, fail } from '../payments.js'
import { failureOf, isOtpAccepted } from '../test-instruments.js'
import { type Answer, type Call, collection, find } from './call.js'
import { type Body, isSent, optionalText, requiredAmount, requiredCurrency } from './fields.js'
import { findPayment } from './payments-api.js'
import { badRequest, Refusal, unknownUrl } from './refusal.js'

/** `POST /payments/create/json`: a payment that waits for its one-time password. */
export function createPayment(call: Call): Answer {
  const paymentId = begin(call, readInstrument(call.body), { kind: 'silent' })
  return { razorpay_payment_id: paymentId, next: [{ action: 'otp_generate', url: pathOf(paymentId, 'otp_generate') }] }
}

/** `POST /payments/create/upi`: the payer has five seconds to say yes on the phone, and does, but for `failure@razorpay`. */
export function createUpiPayment(call: Call): Answer {
  const { upi } = call.body
  const vpa = optionalText(call.body, 'vpa', badRequest) ?? (upi as Body | undefined)?.vpa
  if (typeof vpa !== 'string') throw badRequest('The vpa field is required.', 'vpa')
  const instrument: Instrument = { method: 'upi', vpa }
  const reason = failureOf(instrument)
  const paymentId = begin(
    call,
    instrument,
    reason === null ? { kind: 'silent', authorizedAfter: 5_000 } : { kind: 'failure', reason },
  )
  return { razorpay_payment_id: paymentId, next: [{ action: 'poll', url: pathOf(paymentId, '') }] }
}

function begin(call: Call, instrument: Instrument, outcome: AttemptInput['outcome'] & object): string {
  const { body } = call
  const input: AttemptInput = {
    type: 'attempt',
    accountId: call.accountId,
    amount: requiredAmount(body, badRequest),
    currency: requiredCurrency(body, badRequest),
    instrument,
    outcome,
    description: optionalText(body, 'description', badRequest),
    email: optionalText(body, 'email', badRequest),
    contact: optionalText(body, 'contact', badRequest),
  }
  const orderId = optionalText(body, 'order_id', badRequest)
  if (orderId !== null) find(call, call.draft.orders, 'order', orderId)
  const result = attempt(call.draft, orderId === null ? input : { ...input, orderId })
  if (!result.ok) throw badRequest(result.error.description, result.error.field)
  return result.paymentId
}

function readInstrument(body: Body): Instrument {
  const { method } = body
  if (method === 'netbanking') return { method, bank: optionalText(body, 'bank', badRequest) ?? 'HDFC' }
  if (method === 'wallet') return { method, wallet: optionalText(body, 'wallet', badRequest) ?? 'payzapp' }
  if (method !== 'card') throw badRequest('The selected method is invalid.', 'method')
  const card = body.card as Body | undefined
  const number = card && isSent(card, 'number') ? String(card.number).replaceAll(' ', '') : ''
  if (number === '') throw badRequest('The card.number field is required.', 'number')
  return { method, number, name: (card && optionalText(card, 'name', badRequest)) ?? '' }
}

function pathOf(paymentId: string, rest: string): string {
  return `/v1/payments/${paymentId}${rest && `/${rest}`}`
}

/** `POST /payments/:id/otp_generate` and `…/otp/resend` */
export function sendOtp(call: Call, id: string): Answer {
  waiting(call, id)
  const next = ['otp_submit', 'otp_resend'].map((action) => ({ action, url: pathOf(id, action.replace('_', '/')) }))
  return { razorpay_payment_id: id, next }
}

/** `POST /payments/:id/otp/submit`: four to ten digits are right. A test card that fails, fails now. */
export function submitOtp(call: Call, id: string): Answer {
  const payment = waiting(call, id)
  if (!isOtpAccepted(String(call.body.otp ?? '')))
    throw new Refusal(400, {
      error: { ...errorOf('authentication_failed'), action: 'RETRY', next: ['otp_submit', 'otp_resend'] },
    })
  const reason = failureOf(payment.instrument)
  if (reason !== null) {
    fail(call.draft, payment, reason)
    // What is refused changes nothing elsewhere: this does, for the payment has failed now.
    return { error: errorOf(reason) }
  }
  authorize(call.draft, payment)
  const { orderId, signature } = describe(call.draft, id)
  return { razorpay_payment_id: id, razorpay_order_id: orderId, razorpay_signature: signature }
}

function errorOf(reason: keyof typeof FAILURES): Readonly<Record<string, unknown>> {
  return { ...FAILURES[reason], reason, metadata: {} }
}

function waiting(call: Call, id: string) {
  const payment = findPayment(call, id)
  if (payment.status !== 'created') throw badRequest('The payment is not waiting for a one-time password.')
  return payment
}

/** `POST /payments/validate/vpa` */
export function validateVpa({ body }: Call): Answer {
  const vpa = optionalText(body, 'vpa', badRequest)
  if (vpa === null) throw badRequest('The vpa field is required.', 'vpa')
  if (!/^[\w.-]+@[A-Za-z]\w*$/.test(vpa))
    throw badRequest('Invalid VPA. Please enter a valid Virtual Payment Address', 'vpa')
  return { vpa, success: true, customer_name: 'Simulated Payer' }
}

/** `GET /methods` */
export function listMethods(): Answer {
  return {
    entity: 'methods',
    card: true,
    debit_card: true,
    credit_card: true,
    prepaid_card: true,
    card_networks: { AMEX: 0, DICL: 0, MC: 1, MAES: 0, VISA: 1, JCB: 0, RUPAY: 1, BAJAJ: 0 },
    amex: false,
    netbanking: { HDFC: 'HDFC Bank', ICIC: 'ICICI Bank', SBIN: 'State Bank of India' },
    wallet: { payzapp: true },
    emi: false,
    upi: true,
    cardless_emi: [],
    paylater: [],
    upi_intent: true,
  }
}

/** `GET /payments/:id/transfers`: none, for Route is not simulated. */
export function listTransfers(call: Call, id: string): Answer {
  findPayment(call, id)
  return collection([])
}

/** What is there in Razorpay and not here, on a thing that has to be there: answered as a path that there is not. */
export function notSimulated(): never {
  throw unknownUrl()
}
