import type { FailureReason } from './failure-reasons.js'

/** What a merchant may attach to an entity: up to 15 pairs. Shown as `[]` when empty, and by links as `null`. */
export type Notes = Readonly<Record<string, string>>

/** When a payment on an order is captured. Times in minutes, from the creation of the payment. */
export interface CaptureTerms {
  readonly mode: 'automatic' | 'manual'
  /** A payment that is authorised later than this is not captured by itself. */
  readonly automaticExpiryMinutes: number
  /** A payment that is not captured by then goes back to the payer. */
  readonly manualExpiryMinutes: number
}

/** An order. Amounts in minor units, times in milliseconds since 1970. */
export interface OrderRecord {
  readonly id: string
  readonly accountId: string
  readonly amount: number
  readonly amountPaid: number
  readonly currency: string
  readonly receipt: string | null
  readonly status: 'created' | 'attempted' | 'paid'
  readonly attempts: number
  readonly notes: Notes
  readonly createdAt: number
  readonly partialPayment: boolean
  readonly firstPaymentMinAmount: number | null
  readonly capture: CaptureTerms
  /** The payment link that owns it, if one does. */
  readonly linkId: string | null
}

/** What somebody pays with. */
export type Instrument =
  | { readonly method: 'card'; readonly number: string; readonly name: string }
  | { readonly method: 'upi'; readonly vpa: string }
  | { readonly method: 'netbanking'; readonly bank: string }
  | { readonly method: 'wallet'; readonly wallet: string }

/** `failed` is not the end: within three days the bank may say otherwise. */
export type PaymentStatus = 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'

/** One attempt to pay. */
export interface PaymentRecord {
  readonly id: string
  readonly accountId: string
  /** Nothing for a payment without an order, which cannot be captured and goes back. */
  readonly orderId: string | null
  readonly amount: number
  readonly currency: string
  readonly status: PaymentStatus
  readonly captured: boolean
  readonly amountRefunded: number
  readonly instrument: Instrument
  readonly cardId: string | null
  readonly description: string | null
  readonly email: string | null
  readonly contact: string | null
  readonly notes: Notes
  readonly failure: FailureReason | null
  readonly createdAt: number
  readonly authorizedAt: number | null
  readonly capturedAt: number | null
}

/** Money on its way back. */
export interface RefundRecord {
  readonly id: string
  readonly accountId: string
  readonly paymentId: string
  readonly amount: number
  readonly currency: string
  readonly notes: Notes
  readonly receipt: string | null
  readonly status: 'pending' | 'processed' | 'failed'
  readonly speedRequested: 'normal' | 'optimum'
  readonly speedProcessed: 'normal' | 'instant'
  /** Made by Razorpay, not by the merchant: of a payment that was never captured. */
  readonly automatic: boolean
  readonly createdAt: number
}

/** A payment link. It owns one order, which begins with the first attempt. */
export interface LinkRecord {
  readonly id: string
  readonly accountId: string
  readonly amount: number
  readonly amountPaid: number
  readonly currency: string
  readonly acceptPartial: boolean
  readonly firstMinPartialAmount: number
  readonly description: string
  readonly referenceId: string
  readonly customer: Readonly<Record<string, string>>
  readonly notify: { readonly email: boolean; readonly sms: boolean; readonly whatsapp: boolean }
  readonly reminderEnable: boolean
  readonly notes: Notes
  readonly callbackUrl: string
  readonly callbackMethod: string
  readonly expireBy: number
  readonly status: 'created' | 'partially_paid' | 'paid' | 'expired' | 'cancelled'
  readonly orderId: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly cancelledAt: number
  readonly expiredAt: number
}
