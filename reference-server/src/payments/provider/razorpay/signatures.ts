import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { CheckoutClaim } from '../payment-provider.js'
import type { ApiSecret, WebhookSecret } from '../secrets.js'

/** What a checkout window signs: the order first (bug 3), and it is the one that we have stored (bug 15). */
export function isCheckoutSigned(
  { orderId, paymentId, signature }: Omit<CheckoutClaim & { kind: 'order' }, 'kind'>,
  secret: ApiSecret,
): boolean {
  return isSigned(`${orderId}|${paymentId}`, signature, secret)
}

/** What the way back from a link's page carries; without a reference, nothing stands in its place. */
export function isLinkSigned(
  { linkId, referenceId, status, paymentId, signature }: Omit<CheckoutClaim & { kind: 'link' }, 'kind'>,
  secret: ApiSecret,
): boolean {
  return isSigned(`${linkId}|${referenceId}|${status}|${paymentId}`, signature, secret)
}

/** Whether one of these secrets has signed just these bytes: what was parsed and written again is something else (bug 1). */
export function isWebhookSigned(raw: Buffer, signature: string, secrets: readonly WebhookSecret[]): boolean {
  return secrets.some((secret) => isSigned(raw, signature, secret))
}

/** Compares digests of both sides: takes as long for any two, and never throws for one of another length (bug 4). */
function isSigned(message: string | Buffer, signature: string, secret: ApiSecret | WebhookSecret): boolean {
  const expected = createHmac('sha256', secret).update(message).digest('hex')
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(expected), digest(signature))
}
