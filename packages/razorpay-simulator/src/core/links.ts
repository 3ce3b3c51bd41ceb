import { clearTimer, type Draft, nextId, putLink, putOrder } from './draft.js'
import type { CaptureTerms, LinkRecord, OrderRecord } from './entities.js'
import { tellLinkEnded } from './events.js'

/** When payments of an order are captured if it says nothing: as the account has it. */
export function accountCaptureTerms(draft: Pick<Draft, 'settings'>): CaptureTerms {
  const { autoCapture, lateAuthorizationWithin, autoRefundAfter } = draft.settings
  return {
    mode: autoCapture ? 'automatic' : 'manual',
    automaticExpiryMinutes: lateAuthorizationWithin / 60_000,
    manualExpiryMinutes: autoRefundAfter / 60_000,
  }
}

/** The one order of a link, which begins with the first attempt to pay. */
export function orderOfLink(draft: Draft, link: LinkRecord): OrderRecord {
  const order = link.orderId === null ? undefined : draft.orders.get(link.orderId)
  if (order) return order
  const id = nextId(draft, 'order')
  putLink(draft, link, { orderId: id })
  return putOrder(draft, {
    id,
    accountId: link.accountId,
    amount: link.amount,
    amountPaid: 0,
    currency: link.currency,
    receipt: link.referenceId || null,
    status: 'created',
    attempts: 0,
    notes: link.notes,
    createdAt: draft.now,
    partialPayment: link.acceptPartial,
    firstPaymentMinAmount: link.acceptPartial && link.firstMinPartialAmount > 0 ? link.firstMinPartialAmount : null,
    capture: accountCaptureTerms(draft),
    linkId: link.id,
  })
}

/** Ends a link that nobody paid. One that is partly paid stays what it is, and takes no more. */
export function expireLink(draft: Draft, link: LinkRecord): void {
  if (link.status !== 'created') return
  tellLinkEnded(draft, putLink(draft, link, { status: 'expired', expiredAt: draft.now }))
}

/** Ends a link by the merchant's wish. */
export function cancelLink(draft: Draft, link: LinkRecord): LinkRecord {
  clearTimer(draft, 'link.expire', link.id)
  const cancelled = putLink(draft, link, { status: 'cancelled', cancelledAt: draft.now })
  tellLinkEnded(draft, cancelled)
  return cancelled
}
