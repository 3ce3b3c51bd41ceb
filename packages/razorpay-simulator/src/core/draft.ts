import type { LinkRecord, OrderRecord, PaymentRecord, RefundRecord } from './entities.js'
import { type IdKind, seededDraw, seededId } from './ids.js'
import type { Effect } from './inputs.js'
import type { SimulatorState, Timer } from './state.js'
import type { EventName } from './webhook-records.js'

/** An event of this step that no endpoint was told of yet. */
export interface PendingEvent {
  readonly accountId: string
  readonly name: EventName
  readonly contains: readonly string[]
  readonly payload: Readonly<Record<string, unknown>>
  /** In seconds: that of links is the creation of the link, not of the event. */
  readonly createdAt: number
}

type Tables = {
  -readonly [Key in keyof SimulatorState]: SimulatorState[Key] extends ReadonlyMap<infer K, infer V>
    ? Map<K, V>
    : SimulatorState[Key]
}

/** A step in the making: copies of the tables, which it may change, and what it brings about. */
export interface Draft extends Tables {
  /** Milliseconds since 1970. While a timer runs, the time for which it was set. */
  now: number
  readonly effects: Effect[]
  readonly pendingEvents: PendingEvent[]
}

/** Opens a state for one step. */
export function openDraft(state: SimulatorState, now: number): Draft {
  return {
    ...state,
    counters: { ...state.counters },
    orders: new Map(state.orders),
    payments: new Map(state.payments),
    refunds: new Map(state.refunds),
    links: new Map(state.links),
    webhooks: new Map(state.webhooks),
    events: new Map(state.events),
    deliveries: new Map(state.deliveries),
    faults: new Map(state.faults),
    timers: new Map(state.timers),
    idempotentAnswers: new Map(state.idempotentAnswers),
    now,
    effects: [],
    pendingEvents: [],
  }
}

/** The state that a step ends with. */
export function closeDraft({ now: _now, effects: _effects, pendingEvents: _pending, ...state }: Draft): SimulatorState {
  return state
}

function count(draft: Draft, what: string): number {
  const ordinal = (draft.counters[what] ?? 0) + 1
  draft.counters = { ...draft.counters, [what]: ordinal }
  return ordinal
}

/** The next id of a kind. */
export function nextId(draft: Draft, kind: IdKind): string {
  return seededId(draft.seed, kind, count(draft, kind))
}

/** The next draw of the seed, in [0, 1). */
export function nextDraw(draft: Draft): number {
  return seededDraw(draft.seed, count(draft, 'draw'))
}

/** Sets a timer, in place of an earlier one of the same kind and thing. */
export function setTimer(draft: Draft, kind: Timer['kind'], id: string, at: number): void {
  draft.timers.set(`${kind} ${id}`, { at, kind, id, order: count(draft, 'timer') })
}

/** Takes a timer away, if there is one. */
export function clearTimer(draft: Draft, kind: Timer['kind'], id: string): void {
  draft.timers.delete(`${kind} ${id}`)
}

/** Writes an order anew, with changes. */
export function putOrder(draft: Draft, order: OrderRecord, changes: Partial<OrderRecord> = {}): OrderRecord {
  const changed = { ...order, ...changes }
  draft.orders.set(order.id, changed)
  return changed
}

/** Writes a payment anew, with changes. */
export function putPayment(draft: Draft, payment: PaymentRecord, changes: Partial<PaymentRecord> = {}): PaymentRecord {
  const changed = { ...payment, ...changes }
  draft.payments.set(payment.id, changed)
  return changed
}

/** Writes a refund anew, with changes. */
export function putRefund(draft: Draft, refund: RefundRecord, changes: Partial<RefundRecord> = {}): RefundRecord {
  const changed = { ...refund, ...changes }
  draft.refunds.set(refund.id, changed)
  return changed
}

/** Writes a link anew, with changes and the time of them. */
export function putLink(draft: Draft, link: LinkRecord, changes: Partial<LinkRecord> = {}): LinkRecord {
  const changed = { ...link, ...changes, updatedAt: draft.now }
  draft.links.set(link.id, changed)
  return changed
}
