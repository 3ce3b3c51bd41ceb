import * as z from 'zod/mini'
import { serverId, timestamp } from './entities.js'
import { paymentStatus } from './message-parts.js'
import { webUrl } from './web-url.js'

/** Amounts are whole numbers of the smallest unit of a currency, as providers count: 50,000 is 500.00 rupees. */
const minor = z.int().check(z.nonnegative())
/** ISO 4217. */
export const currency = z.string().check(z.regex(/^[A-Z]{3}$/))

/** How a payment stands, for whoever is to pay it (M2). */
export const visitorPayment = z.object({
  id: serverId,
  purpose: z.string(),
  amountMinor: minor,
  currency,
  status: paymentStatus,
  paidMinor: minor,
  refundedMinor: minor,
  /** Tries that have come to nothing. */
  failures: z.int(),
  version: z.int(),
  /** Whether the visitor has seen how it stands now, on whatever device. */
  seen: z.boolean(),
  /** Once it was paid: its number, and where it is read, from the server's mount point on. */
  receipt: z.nullable(z.object({ number: z.int(), path: z.string() })),
  expiresAt: z.nullable(timestamp),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** `GET /api/widget/payments`: the newest 50 first. */
export const listVisitorPaymentsResponse = z.object({ payments: z.array(visitorPayment) })

/** Answers of what changes or checks one. */
export const visitorPaymentResponse = z.object({ payment: visitorPayment })

/** `POST /api/widget/payments/:id/checkout`; `blocked`: the provider's script could not be loaded here. */
export const checkoutRequest = z.strictObject({ blocked: z.optional(z.boolean()) })

/** How a payment is made: in the provider's window over the page, at an address, or not any more. */
export const checkoutResponse = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order'),
    /** The provider's public key, its order, and what its window says. */
    keyId: z.string(),
    /** Where its script comes from, if not from the provider itself: of a simulator. */
    scriptUrl: z.optional(webUrl),
    orderId: z.string(),
    amountMinor: minor,
    currency,
    name: z.string(),
    description: z.string(),
    prefill: z.object({ name: z.optional(z.string()), email: z.optional(z.string()), contact: z.optional(z.string()) }),
  }),
  z.object({ kind: z.literal('link'), url: z.string() }),
  z.object({ kind: z.literal('closed'), payment: visitorPayment }),
])

/** `POST /api/widget/payments/:id/claim`: what the provider's window has handed to the page. It decides nothing (M3). */
export const paymentClaimRequest = z.strictObject({
  paymentId: z.string().check(z.maxLength(64)),
  signature: z.string().check(z.maxLength(256)),
})

/** What Razorpay adds to the address of the way back from a link's own page. */
export const linkReturn = z.object({
  razorpay_payment_id: z.string().check(z.maxLength(64)),
  razorpay_payment_link_id: z.string().check(z.maxLength(64)),
  razorpay_payment_link_reference_id: z.string().check(z.maxLength(64)),
  razorpay_payment_link_status: z.string().check(z.maxLength(32)),
  razorpay_signature: z.string().check(z.maxLength(256)),
})

/** `POST /api/widget/payments/seen`: up to which version of a payment the visitor has seen it. */
export const paymentSeenRequest = z.strictObject({
  payments: z.array(z.strictObject({ id: serverId, version: z.int().check(z.nonnegative()) })).check(z.maxLength(50)),
})
