import type { Money } from '../money/money.js'

/**
 * Something that a provider has said of an intent, asked by us: never what a client says. Facts are only ever added, and each is
 * there once under its key, so that it matters neither how often they come nor in which order (P4).
 */
export type PaymentFact =
  /** There is something to pay: an order, or a link at `url`. */
  | { type: 'issued'; kind: 'order' | 'link'; providerId: string; url?: string | undefined }
  /** A try to pay has failed, for now: it may still succeed for days. */
  | { type: 'failed'; paymentId: string; reason: string | null }
  /** Money is held, and not taken yet. */
  | { type: 'authorized'; paymentId: string; amount: Money }
  /** Money has come in. `at`: when its payer began, in ISO 8601. */
  | { type: 'captured'; paymentId: string; amount: Money; method: string | null; at: string }
  /** What was held has gone back without being taken. */
  | { type: 'returned'; paymentId: string }
  /** Money is on its way back, or has got there. */
  | { type: 'refund'; refundId: string; paymentId: string; amount: Money; status: 'pending' | 'processed' | 'failed' }
  /** Nobody can pay any more: its time is over, or somebody of the team has called it off. */
  | { type: 'expired' }
  | { type: 'cancelled' }
  /** A payer has asked their bank for the money back; lost: it is gone. */
  | { type: 'dispute'; disputeId: string; paymentId: string; amount: Money; state: 'open' | 'won' | 'lost' }
  /**
   * Somebody of the team has dealt with a payment that fits nothing. `captured`: whether its money had come in by then; what was
   * only held, and comes in after all, is to be looked at again.
   */
  | { type: 'settled'; paymentId: string; captured: boolean }

/** What a fact is there once under. */
export function factKey(fact: PaymentFact): string {
  switch (fact.type) {
    case 'issued':
      return `issued:${fact.providerId}`
    case 'refund':
      return `refund:${fact.refundId}:${fact.status}`
    case 'dispute':
      return `dispute:${fact.disputeId}:${fact.state}`
    case 'settled':
      return `settled:${fact.paymentId}:${fact.captured ? 'captured' : 'held'}`
    case 'expired':
    case 'cancelled':
      return fact.type
    default:
      return `${fact.type}:${fact.paymentId}`
  }
}

/** As a fact is stored: amounts as text, since JSON knows no such numbers. */
export type StoredFact = Record<string, unknown> & { type: PaymentFact['type'] }

/** Writes a fact down. */
export function encodeFact(fact: PaymentFact): StoredFact {
  return 'amount' in fact ? { ...fact, amount: { ...fact.amount, minor: `${fact.amount.minor}` } } : { ...fact }
}

/** Reads what `encodeFact` has written. */
export function decodeFact(stored: StoredFact): PaymentFact {
  const amount = stored.amount as { minor: string; currency: string } | undefined
  return (amount ? { ...stored, amount: { ...amount, minor: BigInt(amount.minor) } } : stored) as PaymentFact
}
