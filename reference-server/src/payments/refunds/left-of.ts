import type { PaymentFact } from '../intents/payment-fact.js'

/** Refunds of one payment that we have asked for, or are about to; `refundId` is the provider's, once it has one. */
export interface OwnRefund {
  minor: string
  refundId: string | null
}

/**
 * What of a payment has not gone back, is not on its way, and is not about to be, in minor units; undefined: nothing has come in by it.
 * What somebody has sent back at the provider's own pages counts as well, and so does what a bank has taken back.
 */
export function leftOf(
  facts: readonly PaymentFact[],
  { paymentId, ours }: { paymentId: string; ours: readonly OwnRefund[] },
): bigint | undefined {
  const own = new Set(ours.map(({ refundId }) => refundId))
  const failed = new Set<string | null>()
  const theirs = new Map<string, bigint>()
  let captured: bigint | undefined
  let lost = 0n
  for (const fact of facts) {
    if (!('paymentId' in fact) || fact.paymentId !== paymentId) continue
    if (fact.type === 'captured') captured = fact.amount.minor
    if (fact.type === 'dispute' && fact.state === 'lost') lost += fact.amount.minor
    if (fact.type !== 'refund') continue
    if (fact.status === 'failed') failed.add(fact.refundId)
    else if (!own.has(fact.refundId)) theirs.set(fact.refundId, fact.amount.minor)
  }
  if (captured === undefined) return undefined
  const gone = [
    ...ours.filter(({ refundId }) => refundId === null || !failed.has(refundId)).map(({ minor }) => BigInt(minor)),
    ...[...theirs].filter(([refundId]) => !failed.has(refundId)).map(([, minor]) => minor),
  ]
  return captured - lost - gone.reduce((sum, minor) => sum + minor, 0n)
}
