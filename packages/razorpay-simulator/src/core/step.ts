import { attempt } from './attempts.js'
import { ControlRefusal, control } from './control.js'
import { giveUp, publishEvents, receiveResult, send } from './deliveries.js'
import { closeDraft, type Draft, openDraft } from './draft.js'
import type { Effect, Input } from './inputs.js'
import { expireLink } from './links.js'
import { authorize, fail, mayBeAuthorized } from './payments.js'
import { returnUncaptured, settleRefund } from './refunds.js'
import { respond } from './rest-faults.js'
import type { SimulatorState, Timer } from './state.js'

/** What a step leads to: the state after it, and what is to be done now. */
export interface Step {
  readonly state: SimulatorState
  readonly effects: readonly Effect[]
}

/**
 * One step of the simulator: first all that is due by `now`, then the input, then what has become due by it. Pure: the same state,
 * input and time bring the same step.
 * @param now Milliseconds since 1970; never less than before.
 */
export function step(state: SimulatorState, input: Input, now: number): Step {
  const draft = openDraft(state, now)
  runTimers(draft, now)
  apply(draft, input)
  publishEvents(draft)
  runTimers(draft, now)
  return { state: closeDraft(draft), effects: draft.effects }
}

/** When something is due next, or nothing if nothing is. */
export function nextDueAt(state: SimulatorState): number | null {
  let next: number | null = null
  for (const { at } of state.timers.values()) if (next === null || at < next) next = at
  return next
}

function apply(draft: Draft, input: Input): void {
  switch (input.type) {
    case 'tick':
      return
    case 'request':
      draft.effects.push(respond(draft, input))
      return
    case 'attempt':
      draft.effects.push({ type: 'attempted', result: attempt(draft, input) })
      return
    case 'delivery.result':
      receiveResult(draft, input)
      return
    default:
      try {
        draft.effects.push({ type: 'reply', value: control(draft, input) })
      } catch (error) {
        if (!(error instanceof ControlRefusal)) throw error
        draft.effects.push({ type: 'refused', message: error.message })
      }
  }
}

/** Runs what is due, each at its own time, though the clock may have jumped far past it. */
function runTimers(draft: Draft, now: number): void {
  for (;;) {
    const due = earliest(draft)
    if (!due || due.at > now) break
    draft.timers.delete(`${due.kind} ${due.id}`)
    draft.now = due.at
    runTimer(draft, due)
    publishEvents(draft)
  }
  draft.now = now
}

function earliest(draft: Draft): Timer | undefined {
  let first: Timer | undefined
  for (const timer of draft.timers.values())
    if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
  return first
}

function runTimer(draft: Draft, { kind, id }: Timer): void {
  const payment = draft.payments.get(id)
  const refund = draft.refunds.get(id)
  const delivery = draft.deliveries.get(id)
  const link = draft.links.get(id)
  if (kind === 'payment.silence' && payment?.status === 'created') fail(draft, payment, 'payment_timed_out')
  if (kind === 'payment.settle' && payment && mayBeAuthorized(draft, payment)) authorize(draft, payment)
  if (kind === 'payment.return' && payment?.status === 'authorized') returnUncaptured(draft, payment)
  if (kind === 'refund.process' && refund?.status === 'pending') settleRefund(draft, refund)
  if (kind === 'link.expire' && link) expireLink(draft, link)
  if (kind === 'delivery.send' && delivery?.status === 'waiting') send(draft, delivery)
  if (kind === 'delivery.give-up' && delivery?.status === 'waiting') giveUp(draft, delivery)
}
