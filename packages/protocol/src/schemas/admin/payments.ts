import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { paymentStatus } from '../message-parts.js'
import { currency } from '../payments.js'
import { limitInQuery } from '../query.js'
import { lineOf } from '../text.js'

const minor = z.int().check(z.nonnegative())
const positiveMinor = z.int().check(z.positive())
const person = z.object({ id: serverId, name: z.string() })

/** Where a payment stands, for the team: finer than what a visitor is told. */
export const paymentState = z.enum([
  'creating',
  'issued',
  'attempted',
  'authorized',
  'partially_paid',
  'paid',
  'paid_late',
  'overpaid',
  'partially_refunded',
  'refunded',
  'expired',
  'cancelled',
  'disputed',
  'mismatch',
])

/** Whether money really moves. */
const paymentMode = z.enum(['test', 'live'])

/** What a provider calls a payment. It is stored, so that no control characters are in it. */
export const providerPaymentId = z.string().check(z.regex(/^\P{Cc}{1,64}$/u, 'must be an id of a payment'))

/** A payment that was asked for in a conversation. */
export const payment = z.object({
  id: serverId,
  /** Null: erased. */
  conversationId: z.nullable(serverId),
  visitorName: z.nullable(z.string()),
  purpose: z.string(),
  amountMinor: minor,
  currency,
  kind: z.enum(['order', 'link']),
  partial: z.boolean(),
  mode: paymentMode,
  state: paymentState,
  status: paymentStatus,
  paidMinor: minor,
  refundedMinor: minor,
  failures: z.int(),
  /** Why a try has failed, in the provider's words. */
  failure: z.nullable(z.string()),
  /** Where a link is paid. */
  url: z.nullable(z.string()),
  version: z.int(),
  /** Once it was paid: its number, and where it is read, from the server's mount point on. */
  receipt: z.nullable(z.object({ number: z.int(), path: z.string() })),
  requestedBy: z.nullable(person),
  requestedAs: z.enum(['member', 'assistant', 'api']),
  expiresAt: z.nullable(timestamp),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** A try that has brought money in, and what of it may still go back. */
export const paymentCapture = z.object({
  paymentId: z.string(),
  amountMinor: minor,
  currency: z.string(),
  method: z.nullable(z.string()),
  at: timestamp,
  refundableMinor: minor,
})

/** Money that fits nothing, and that nobody has dealt with. */
export const strangePayment = z.object({
  /** Of a capture, too, where `captured`; else it is only held. */
  paymentId: z.string(),
  amountMinor: minor,
  currency: z.string(),
  captured: z.boolean(),
})

/** Money on its way back, or on which the provider has decided. */
export const paymentRefund = z.object({
  id: serverId,
  paymentId: z.string(),
  amountMinor: minor,
  cause: z.enum(['member', 'excess']),
  reason: z.string(),
  requestedBy: z.nullable(person),
  /** `sent`: the provider has it; `refused`: it will not. */
  state: z.enum(['queued', 'sent', 'refused']),
  error: z.nullable(z.string()),
  createdAt: timestamp,
})

/** Query of `GET /api/chat-widget/payments`. */
export const listPaymentsQuery = z.strictObject({
  state: z.optional(paymentState),
  mode: z.optional(paymentMode),
  conversationId: z.optional(serverId),
  /** Asked for at this moment or later, and before that one. */
  from: z.optional(timestamp),
  before: z.optional(timestamp),
  /** Words of the purpose, the payment's own id, or an id of the provider's. */
  q: z.optional(z.string().check(z.maxLength(100))),
  limit: z.optional(limitInQuery),
  /** From the page before. */
  cursor: z.optional(z.string().check(z.maxLength(64))),
})

/** Answer of `GET /api/chat-widget/payments`: the newest first. */
export const listPaymentsResponse = z.object({
  payments: z.array(payment),
  nextCursor: z.nullable(z.string()),
  /** Of the account by which money is asked for now; null: none is connected. */
  accountMode: z.nullable(paymentMode),
})

/** Answer of what makes, checks or cancels one. */
export const onePaymentResponse = z.object({ payment })

/** Money that has come or gone, as the books have it: what goes is below 0. */
export const paymentLedgerLine = z.object({
  at: timestamp,
  type: z.enum(['captured', 'refund', 'dispute']),
  /** The provider's id of it. */
  reference: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  /** How it was learned of: by a webhook, by asking, by the answer to a request, or from somebody of the team. */
  source: z.enum(['webhook', 'fetch', 'answer', 'member']),
})

/** What people have done with a payment and where that has led: of its entries in the audit trail, what everybody may read. */
export const paymentDeed = z.object({
  at: timestamp,
  /** Null: the server, upon what the provider has said. */
  actor: z.nullable(person),
  action: z.string(),
  changes: z.optional(z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))),
  reason: z.optional(z.string()),
})

/** Answer of `GET /api/chat-widget/payments/:id`. */
export const paymentDetailResponse = z.object({
  payment,
  captures: z.array(paymentCapture),
  /** What people have to look at, captures among it: each is dealt with by `POST …/settle`. */
  strange: z.array(strangePayment),
  refunds: z.array(paymentRefund),
  /** The oldest first, like `history`. */
  ledger: z.array(paymentLedgerLine),
  history: z.array(paymentDeed),
})

/** `POST /api/chat-widget/conversations/:id/payments`. The same `id` again is the same payment. */
export const createPaymentRequest = z.strictObject({
  id: serverId,
  purpose: lineOf(200),
  amountMinor: positiveMinor,
  currency,
  kind: z.optional(z.enum(['order', 'link'])),
  partial: z.optional(z.boolean()),
  expiresAt: z.optional(z.nullable(timestamp)),
})

/** `POST /api/chat-widget/payments/:id/refunds`. The same `id` again is the same refund. */
export const createRefundRequest = z.strictObject({
  id: serverId,
  paymentId: providerPaymentId,
  amountMinor: positiveMinor,
  reason: lineOf(200),
})

/** Why people are done with something. */
const settledBecause = lineOf(500)

/** `POST /api/chat-widget/payments/:id/settle`: a payment of it that fits nothing is dealt with. */
export const settlePaymentRequest = z.strictObject({ paymentId: providerPaymentId, reason: settledBecause })

/** `POST /api/chat-widget/payment-orphans/:paymentId/settle`: money that belongs to nothing is dealt with. */
export const settleOrphanRequest = z.strictObject({ reason: settledBecause })

/** An organization's account at a payment provider; no secret of it is ever answered with. */
export const paymentAccount = z.object({
  provider: z.literal('razorpay'),
  mode: paymentMode,
  keyId: z.string(),
  /** Where the provider sends its webhooks: a path on this server. */
  webhookPath: z.string(),
  /** Null: none has come yet. */
  lastWebhookAt: z.nullable(timestamp),
  createdAt: timestamp,
})

/** Answer of `GET /api/chat-widget/payment-account`; null: no money is taken. */
export const paymentAccountResponse = z.object({ account: z.nullable(paymentAccount) })

/** `PUT /api/chat-widget/payment-account`. */
export const connectPaymentAccountRequest = z.strictObject({
  keyId: z.string().check(z.maxLength(64)),
  keySecret: z.string().check(z.minLength(1), z.maxLength(128)),
})

/** Answer of what makes a webhook secret: it is said this once. */
export const paymentAccountSecretResponse = z.object({ account: paymentAccount, webhookSecret: z.optional(z.string()) })

/** What was checked on a day, and what came of it. */
export const reconciliationDay = z.object({
  /** In UTC, `2026-01-31`. */
  day: z.iso.date(),
  /** How often an account's books were read to their end, and how often that failed. */
  comparisons: z.int(),
  failures: z.int(),
  /** Payments in the books when they were read last. */
  compared: z.int(),
  /** Of them, those that were missing here and were put right; and those that belong to nothing. */
  mended: z.int(),
  orphans: z.int(),
  /** Payments of which a webhook has told, and those that were found by asking. */
  told: z.int(),
  found: z.int(),
})

/** Answer of `GET /api/chat-widget/payments/reconciliation`: what was checked, and what people have to look at. */
export const reconciliationResponse = z.object({
  /** Money that belongs to nothing known here. */
  orphans: z.array(
    z.object({
      paymentId: z.string(),
      reason: z.string(),
      amountMinor: minor,
      currency: z.string(),
      foundAt: timestamp,
    }),
  ),
  /** Payments that fit nothing, are disputed, or have come in twice. */
  attention: z.array(payment),
  refusedRefunds: z.array(z.object({ intentId: serverId, purpose: z.string(), refund: paymentRefund })),
  /** Webhooks that have not been worked on, and the oldest of them. */
  waitingWebhooks: z.int(),
  oldestWebhookAt: z.nullable(timestamp),
  /** When the account's books were compared last. */
  comparedAt: z.nullable(timestamp),
  /** Of the last 14 days those on which anything was, the newest first. */
  days: z.array(reconciliationDay),
})
