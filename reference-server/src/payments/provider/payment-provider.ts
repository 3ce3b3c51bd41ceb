import type { Money } from '../money/money.js'

/** Whether money moves. Of Razorpay, the key says which. */
export type PaymentMode = 'test' | 'live'

/** Why a provider could not be asked, or would not. */
export type ProviderError =
  /** It refused: `code` and `description` are its own, in English. `status` is HTTP's. */
  | {
      kind: 'api'
      status: number
      code: string
      description: string
      field?: string | undefined
      reason?: string | undefined
    }
  /** No answer, or one that nobody understands: whether it was done is not known. `message` holds no secret. */
  | { kind: 'network' | 'timeout' | 'malformed'; message: string }

/** What has come of a call. Nothing here throws but for what is wrong with ourselves. */
export type ProviderResult<Value> = { ok: true; value: Value } | { ok: false; error: ProviderError }

/** What is to be paid at once, by a window of the provider's. */
export interface ProviderOrder {
  id: string
  /** Ours: it tells whose order this is. */
  receipt: string | null
  amount: Money
  amountPaid: bigint
  status: 'created' | 'attempted' | 'paid'
}

/** What is to be paid at an address of the provider's. */
export interface ProviderLink {
  id: string
  /** Ours: it tells whose link this is. */
  referenceId: string | null
  /** Of the order behind it, once there is one. */
  orderId: string | null
  amount: Money
  amountPaid: bigint
  status: 'created' | 'partially_paid' | 'paid' | 'expired' | 'cancelled'
  /** Where it is paid. */
  url: string
}

/** One try to pay, and what has come of it. */
export interface ProviderPayment {
  id: string
  /** Null: for nothing that a server has made. */
  orderId: string | null
  amount: Money
  /** `refunded`: captured before, and sent back whole since. `failed` may still become `authorized`, for days. */
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  /** Whether money has come in, whatever has become of it since. Not what the provider calls so: it says so of authorized ones as well. */
  captured: boolean
  amountRefunded: bigint
  /** `card`, `upi`, … */
  method: string | null
  /** Why the last try failed, for people. */
  failure: { code: string; description: string; reason: string | null } | null
  createdAt: Date
}

/** Money on its way back. */
export interface ProviderRefund {
  id: string
  paymentId: string
  amount: Money
  status: 'pending' | 'processed' | 'failed'
}

/** An order to be made, once under its receipt. */
export interface OrderRequest {
  /** At most 40 characters. */
  receipt: string
  amount: Money
  /** Whether less than all may be paid at a time. */
  partial: boolean
  /** At most 15, of at most 250 characters each. */
  notes: Readonly<Record<string, string>>
}

/** A link to be made, once under its reference. */
export interface LinkRequest {
  /** At most 40 characters. */
  referenceId: string
  amount: Money
  partial: boolean
  /** At most 2,048 characters. */
  description: string
  /** At least 15 minutes from now, at most six months. */
  expiresAt: Date | null
  /** Where the provider's page leads back to, signed. */
  callbackUrl: string | null
  notes: Readonly<Record<string, string>>
}

/** Money to be sent back, once under its key. */
export interface RefundRequest {
  paymentId: string
  amount: Money
  /** 10 characters at least, of `[A-Za-z0-9_-]`: the same key is the same refund. */
  key: string
  notes: Readonly<Record<string, string>>
}

/** What a page of payments is asked for by. */
export interface PaymentsQuery {
  from: Date
  to: Date
  /** At most 100. */
  count: number
  skip: number
}

/** What a checkout window has handed to the page; of a link, what its way back carries. Signed, and no proof that money has come in. */
export type CheckoutClaim =
  | { kind: 'order'; orderId: string; paymentId: string; signature: string }
  | { kind: 'link'; linkId: string; referenceId: string; status: string; paymentId: string; signature: string }

/** What a webhook says, once its signature is checked. It only says where to look. */
export interface WebhookEvent {
  /** `payment.captured`, … */
  name: string
  /** The provider's account; a webhook of another one is none of ours. */
  accountId: string | null
  createdAt: Date
  orderIds: readonly string[]
  linkIds: readonly string[]
  paymentIds: readonly string[]
  refundIds: readonly string[]
  /** Of `payment.dispute.*`: the provider has no call that tells of it. */
  dispute: {
    id: string
    paymentId: string
    amount: Money
    state: 'open' | 'won' | 'lost'
  } | null
}

/**
 * One account of a payment provider. Every call is bounded in time. What makes something makes it once: where no answer came, it
 * looks for what it may have made before it makes another one.
 */
export interface PaymentProvider {
  readonly name: string
  readonly mode: PaymentMode
  /** `mayExist`: an earlier call may have made it, so it is looked for first. */
  ensureOrder(request: OrderRequest, mayExist: boolean, signal?: AbortSignal): Promise<ProviderResult<ProviderOrder>>
  ensureLink(request: LinkRequest, mayExist: boolean, signal?: AbortSignal): Promise<ProviderResult<ProviderLink>>
  fetchOrder(id: string, signal?: AbortSignal): Promise<ProviderResult<ProviderOrder>>
  fetchLink(id: string, signal?: AbortSignal): Promise<ProviderResult<ProviderLink>>
  /** Of what cannot be paid any more, the link as it is. */
  cancelLink(id: string, signal?: AbortSignal): Promise<ProviderResult<ProviderLink>>
  fetchPayment(id: string, signal?: AbortSignal): Promise<ProviderResult<ProviderPayment>>
  /** Every try to pay an order. */
  listOrderPayments(orderId: string, signal?: AbortSignal): Promise<ProviderResult<readonly ProviderPayment[]>>
  /** What the account has taken, whosever it is. */
  listPayments(query: PaymentsQuery, signal?: AbortSignal): Promise<ProviderResult<readonly ProviderPayment[]>>
  /** Takes what is authorized. Already taken is taken. */
  capture(paymentId: string, amount: Money, signal?: AbortSignal): Promise<ProviderResult<ProviderPayment>>
  refund(request: RefundRequest, signal?: AbortSignal): Promise<ProviderResult<ProviderRefund>>
  listRefunds(paymentId: string, signal?: AbortSignal): Promise<ProviderResult<readonly ProviderRefund[]>>
  /** Whether the provider has signed this claim, for the ids of ours that it is checked with. */
  isGenuineClaim(claim: CheckoutClaim): boolean
}
