import * as z from 'zod/mini'
import type { ProviderLink, ProviderOrder, ProviderPayment, ProviderRefund } from '../payment-provider.js'

const minor = z.int().check(z.nonnegative())
const text = z.optional(z.nullable(z.string()))
/** Seconds since the epoch. */
const moment = z.int().check(z.nonnegative())

/** Answer of the orders API. What is not named here is let pass; `notes`, which comes in three shapes (bug 21), nobody needs. */
export const orderAnswer = z.object({
  id: z.string(),
  receipt: text,
  amount: minor,
  amount_paid: minor,
  currency: z.string(),
  status: z.enum(['created', 'attempted', 'paid']),
})

/** Answer of the payment links API: it has no order before somebody has begun to pay. */
export const linkAnswer = z.object({
  id: z.string(),
  reference_id: text,
  order_id: text,
  amount: minor,
  amount_paid: z.optional(minor),
  currency: z.string(),
  status: z.enum(['created', 'partially_paid', 'paid', 'expired', 'cancelled']),
  short_url: z.string(),
})

/** Answer of the payments API. */
export const paymentAnswer = z.object({
  id: z.string(),
  order_id: text,
  amount: minor,
  currency: z.string(),
  status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
  captured: z.optional(z.nullable(z.boolean())),
  amount_refunded: z.optional(z.nullable(minor)),
  method: text,
  error_code: text,
  error_description: text,
  error_reason: text,
  created_at: moment,
})

/** Answer of the refunds API. */
export const refundAnswer = z.object({
  id: z.string(),
  payment_id: z.string(),
  amount: minor,
  currency: z.string(),
  status: z.enum(['pending', 'processed', 'failed']),
})

/** A list of such things. */
export const collectionOf = <Item>(item: z.ZodMiniType<Item>) => z.object({ items: z.array(item) })
/** The one list that is called otherwise. */
export const linksAnswer = z.object({ payment_links: z.array(linkAnswer) })

/** An order as the rest of the server knows it. */
export function toOrder(order: z.output<typeof orderAnswer>): ProviderOrder {
  const { id, receipt = null, amount, amount_paid: paid, currency, status } = order
  return { id, receipt, amount: { minor: BigInt(amount), currency }, amountPaid: BigInt(paid), status }
}

/** A link as the rest of the server knows it. */
export function toLink(link: z.output<typeof linkAnswer>): ProviderLink {
  const { id, reference_id, order_id, amount, amount_paid = 0, currency, status, short_url: url } = link
  return {
    ...{ id, referenceId: reference_id || null, orderId: order_id || null, status, url },
    ...{ amount: { minor: BigInt(amount), currency }, amountPaid: BigInt(amount_paid) },
  }
}

/** A payment as the rest of the server knows it. */
export function toPayment(payment: z.output<typeof paymentAnswer>): ProviderPayment {
  const { id, order_id, amount, currency, status, amount_refunded: refunded, method = null } = payment
  return {
    ...{ id, orderId: order_id || null, amount: { minor: BigInt(amount), currency }, status },
    // An authorized one says `captured` in some samples, and one that went back without being taken does not.
    captured: status === 'captured' || (status === 'refunded' && payment.captured !== false),
    ...{ amountRefunded: BigInt(refunded ?? 0), method },
    failure: payment.error_code
      ? { code: payment.error_code, description: payment.error_description ?? '', reason: payment.error_reason ?? null }
      : null,
    createdAt: new Date(payment.created_at * 1000),
  }
}

/** A refund as the rest of the server knows it. */
export function toRefund({
  id,
  payment_id: paymentId,
  amount,
  currency,
  status,
}: z.output<typeof refundAnswer>): ProviderRefund {
  return { id, paymentId, amount: { minor: BigInt(amount), currency }, status }
}
