import type { PaymentStatus } from '@chatdesk/protocol'
import type { Money } from '../money/money.js'
import type { PaymentFact } from './payment-fact.js'

/** What an intent is for: decided by the server before any provider was asked, and never changed. */
export interface IntentTerms {
  amount: Money
  /** Whether less than all may be paid at a time. */
  partial: boolean
}

/** Where an intent stands, for the team. */
export type IntentState =
  /** No order and no link yet, or nobody knows. */
  | 'creating'
  | 'issued'
  /** Tries have failed; it can still be paid. */
  | 'attempted'
  | 'authorized'
  | 'partially_paid'
  | 'paid'
  /** Paid although it had expired or was called off. */
  | 'paid_late'
  /** More came in than was asked for; the rest goes back. */
  | 'overpaid'
  | 'partially_refunded'
  | 'refunded'
  | 'expired'
  | 'cancelled'
  /** A payer has asked their bank for the money back. */
  | 'disputed'
  /** What came in fits nothing: people have to look. */
  | 'mismatch'

/** What follows from the facts of an intent, in minor units of its currency. */
export interface IntentView {
  state: IntentState
  /** What has come in and counts. */
  paid: bigint
  /** What of it has gone back. */
  refunded: bigint
  /** Tries that have come to nothing so far. */
  failures: number
  /** Why one of them has, in the provider's words for developers. */
  failure: string | null
  /** Captures beyond what was asked for, with what of each is still to go back. */
  excess: readonly { paymentId: string; amount: bigint }[]
  /** What people have to look at: what makes it a mismatch. */
  strange: readonly StrangePayment[]
}

/** Money that fits nothing, and that nobody has dealt with. */
export interface StrangePayment {
  paymentId: string
  amount: Money
  /** Whether it has come in; else it is only held. */
  captured: boolean
}

interface Payment {
  id: string
  failed: boolean
  failure: string | null
  authorized: Money | undefined
  captured: Money | undefined
  at: string
  returned: boolean
  /** What of it people have dealt with. */
  settled: { held: boolean; captured: boolean }
  /** By refund: the furthest it has come. */
  refunds: Map<string, { amount: bigint; status: 'pending' | 'processed' | 'failed' }>
  disputes: Map<string, { amount: bigint; state: 'open' | 'won' | 'lost' }>
}

const RANK = { pending: 0, failed: 1, processed: 2, open: 0, won: 1, lost: 2 }

/**
 * What stands, by the facts alone: any order and any repetition of them gives the same (P4), money that has come in stays so (P11),
 * and nothing is paid but by captures of just this amount and currency (P2).
 */
export function viewOf({ amount, partial }: IntentTerms, facts: Iterable<PaymentFact>): IntentView {
  const all = [...facts]
  const payments = paymentsOf(all)
  const has = (type: PaymentFact['type']) => all.some((fact) => fact.type === type)
  const refundedOf = ({ refunds, disputes }: Payment) =>
    sum([...refunds.values()].filter(({ status }) => status === 'processed')) +
    sum([...disputes.values()].filter(({ state }) => state === 'lost'))

  const captures = payments.filter(
    (payment): payment is Payment & { captured: Money } => payment.captured !== undefined,
  )
  const fits = (money: Money) =>
    money.currency === amount.currency && (partial ? money.minor <= amount.minor : money.minor === amount.minor)
  const isOver = (payment: Payment & { captured: Money }) =>
    payment.settled.captured || refundedOf(payment) >= payment.captured.minor
  const strange = [
    ...captures
      .filter((payment) => !fits(payment.captured) && !isOver(payment))
      .map(({ id, captured }) => ({ paymentId: id, amount: captured, captured: true })),
    ...payments.flatMap(({ id, captured, authorized, returned, settled }) =>
      !captured && authorized && !returned && !settled.held && !fits(authorized)
        ? [{ paymentId: id, amount: authorized, captured: false }]
        : [],
    ),
  ]

  // The earliest count, as far as they fit into what was asked for.
  let paid = 0n
  const kept: Payment[] = []
  const beyond: (Payment & { captured: Money })[] = []
  for (const payment of captures.filter(({ captured }) => fits(captured)).sort(byTime)) {
    if (paid + payment.captured.minor > amount.minor) beyond.push(payment)
    else {
      paid += payment.captured.minor
      kept.push(payment)
    }
  }
  const excess = beyond
    .filter((payment) => !isOver(payment))
    .map((payment) => ({ paymentId: payment.id, amount: payment.captured.minor - refundedOf(payment) }))
  const refunded = kept.reduce((total, payment) => total + refundedOf(payment), 0n)
  const failed = payments.filter((payment) => payment.failed && !payment.authorized && !payment.captured)

  const isClosed = has('expired') || has('cancelled')
  const isDisputed = payments.some(({ disputes }) => [...disputes.values()].some((dispute) => dispute.state === 'open'))
  const isHeld = payments.some(
    ({ authorized, captured, returned, settled }) => authorized && !captured && !returned && !settled.held,
  )
  // The first that holds.
  const states: [IntentState, boolean][] = [
    ['mismatch', strange.length > 0],
    ['disputed', isDisputed],
    ['refunded', refunded > 0n && refunded >= paid],
    ['partially_refunded', refunded > 0n],
    ['overpaid', excess.length > 0],
    ['paid_late', paid === amount.minor && isClosed],
    ['paid', paid === amount.minor],
    ['partially_paid', paid > 0n],
    ['authorized', isHeld],
    ['cancelled', has('cancelled')],
    ['expired', has('expired')],
    ['attempted', failed.length > 0],
    ['issued', has('issued')],
  ]
  const state = states.find(([, holds]) => holds)?.[0] ?? 'creating'
  const failure = failed.find((payment) => payment.failure !== null)?.failure ?? null
  return { state, paid, refunded, failures: failed.length, failure, excess, strange }
}

/** What a visitor is told: what to do about it is the team's. */
export function statusOf({ state, paid, refunded }: Pick<IntentView, 'state' | 'paid' | 'refunded'>): PaymentStatus {
  switch (state) {
    case 'creating':
    case 'issued':
    case 'attempted':
      return 'awaiting_payment'
    case 'authorized':
    case 'mismatch':
      return 'verifying'
    case 'paid_late':
    case 'overpaid':
      return 'paid'
    case 'disputed':
      return refunded > 0n ? 'partially_refunded' : paid > 0n ? 'paid' : 'verifying'
    default:
      return state
  }
}

function paymentsOf(facts: readonly PaymentFact[]): Payment[] {
  const payments = new Map<string, Payment>()
  for (const fact of facts) {
    if (!('paymentId' in fact)) continue
    const { paymentId: id } = fact
    const payment: Payment = payments.get(id) ?? {
      ...{ id, at: '', failed: false, failure: null, authorized: undefined, captured: undefined },
      ...{ returned: false, settled: { held: false, captured: false }, refunds: new Map(), disputes: new Map() },
    }
    payments.set(id, payment)
    switch (fact.type) {
      case 'failed':
        Object.assign(payment, { failed: true, failure: fact.reason })
        break
      case 'authorized':
        payment.authorized = fact.amount
        break
      case 'captured':
        Object.assign(payment, { captured: fact.amount, at: fact.at })
        break
      case 'returned':
        payment.returned = true
        break
      case 'settled':
        payment.settled[fact.captured ? 'captured' : 'held'] = true
        break
      case 'refund': {
        const known = payment.refunds.get(fact.refundId)
        if (!known || RANK[fact.status] > RANK[known.status])
          payment.refunds.set(fact.refundId, { amount: fact.amount.minor, status: fact.status })
        break
      }
      case 'dispute': {
        const known = payment.disputes.get(fact.disputeId)
        if (!known || RANK[fact.state] > RANK[known.state])
          payment.disputes.set(fact.disputeId, { amount: fact.amount.minor, state: fact.state })
      }
    }
  }
  return [...payments.values()].sort((a, b) => compare(a.id, b.id))
}

const byTime = (a: Payment, b: Payment) => compare(a.at, b.at) || compare(a.id, b.id)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const sum = (items: readonly { amount: bigint }[]) => items.reduce((total, { amount }) => total + amount, 0n)
