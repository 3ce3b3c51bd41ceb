import { createHmac } from 'node:crypto'

/** HMAC-SHA256 in lower-case hexadecimal: the one way in which Razorpay signs. */
export function sign(message: string | Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(message).digest('hex')
}

/** What a checkout hands to its handler, by the API secret. Order first. */
export function signCheckout(ids: { orderId: string; paymentId: string }, keySecret: string): string {
  return sign(`${ids.orderId}|${ids.paymentId}`, keySecret)
}

/** What a payment link adds to its callback, by the API secret. A link without a reference signs the empty text in its place. */
export function signLinkCallback(
  callback: { linkId: string; referenceId: string; status: string; paymentId: string },
  keySecret: string,
): string {
  const { linkId, referenceId, status, paymentId } = callback
  return sign(`${linkId}|${referenceId}|${status}|${paymentId}`, keySecret)
}
