import { signLinkCallback } from './signatures.js'
import type { SimulatorState } from './state.js'

/**
 * Where the page of a link leads after a payment, by GET: its callback, with what the merchant verifies. Nothing when the link has no
 * callback, or the payment did not go through.
 */
export function linkRedirect(state: SimulatorState, linkId: string, paymentId: string): string | null {
  const link = state.links.get(linkId)
  const payment = state.payments.get(paymentId)
  const secret = state.keys.find(({ accountId }) => accountId === link?.accountId)?.secret
  const isGood = payment?.status === 'captured' || payment?.status === 'authorized'
  if (!link?.callbackUrl || !secret || !isGood) return null
  const { referenceId, status } = link
  const url = new URL(link.callbackUrl)
  url.searchParams.set('razorpay_payment_id', paymentId)
  url.searchParams.set('razorpay_payment_link_id', linkId)
  url.searchParams.set('razorpay_payment_link_reference_id', referenceId)
  url.searchParams.set('razorpay_payment_link_status', status)
  url.searchParams.set('razorpay_signature', signLinkCallback({ linkId, referenceId, status, paymentId }, secret))
  return url.href
}
