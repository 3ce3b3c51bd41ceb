import type {
  AttemptInput,
  AttemptResult,
  ControlInput,
  Effect,
  Input,
  RequestInput,
  RespondEffect,
} from '../core/inputs.js'
import type { SimulatorState } from '../core/state.js'
import { nextDueAt, step } from '../core/step.js'
import type { SimulatorClock } from './clock.js'

/** A delivery as the core wants it sent. */
export type Delivery = Extract<Effect, { type: 'deliver' }>

/** What came of a delivery: the status of the answer, or why there was none. */
export interface DeliveryOutcome {
  status: number | null
  error: string | null
}

/** Runs the core: keeps its state, has its deliveries sent and its timers run. */
export interface Engine {
  state(): SimulatorState
  /** Puts another state in place of this one. What is on its way still arrives, and is forgotten. */
  replace(state: SimulatorState): void
  request(input: Omit<RequestInput, 'type'>): RespondEffect
  attempt(input: Omit<AttemptInput, 'type'>): AttemptResult
  /** @throws {Error} with the words of the refusal, when it cannot be done. */
  control(input: ControlInput): unknown
  /** Lets time pass, stopping wherever something is due until all that it set off is done. */
  advance(milliseconds: number): Promise<void>
  /** Resolves when nothing is on its way any more. What is due later does not count. */
  idle(): Promise<void>
  stop(): void
}

/** An engine over a state. Each endpoint is sent one delivery after the other, so that the same run makes the same ones. */
export function createEngine(
  initial: SimulatorState,
  clock: SimulatorClock,
  deliver: (delivery: Delivery) => Promise<DeliveryOutcome>,
): Engine {
  let state = initial
  let stopped = false
  let callOff = () => {}
  /** Counts the states that were put in: what comes of a delivery of an earlier one is nothing to the next. */
  let era = 0
  const queues = new Map<string, Promise<void>>()
  let advancing: Promise<void> = Promise.resolve()

  function submit(input: Input): readonly Effect[] {
    const next = step(state, input, clock.now())
    state = next.state
    for (const effect of next.effects) if (effect.type === 'deliver') enqueue(effect)
    sleep()
    return next.effects
  }

  function enqueue(delivery: Delivery): void {
    const sentIn = era
    const sent = (queues.get(delivery.webhookId) ?? Promise.resolve()).then(async () => {
      const outcome = await deliver(delivery)
      if (!stopped && era === sentIn) submit({ type: 'delivery.result', deliveryId: delivery.deliveryId, ...outcome })
    })
    queues.set(delivery.webhookId, sent)
    void sent.then(() => queues.get(delivery.webhookId) === sent && queues.delete(delivery.webhookId))
  }

  function sleep(): void {
    callOff()
    const due = nextDueAt(state)
    if (due !== null && !stopped) callOff = clock.wake(due, () => submit({ type: 'tick' }))
  }

  async function idle(): Promise<void> {
    while (queues.size > 0) await Promise.all(queues.values())
  }

  async function pass(milliseconds: number): Promise<void> {
    // What is on its way belongs to the time that it was sent at.
    await idle()
    const end = clock.now() + milliseconds
    for (let due = nextDueAt(state); due !== null && due <= end; due = nextDueAt(state)) {
      if (due > clock.now()) clock.skip(due - clock.now())
      submit({ type: 'tick' })
      await idle()
    }
    if (end > clock.now()) clock.skip(end - clock.now())
    submit({ type: 'tick' })
    await idle()
  }

  function only<Type extends Effect['type']>(effects: readonly Effect[], type: Type): Extract<Effect, { type: Type }> {
    const found = effects.find((effect): effect is Extract<Effect, { type: Type }> => effect.type === type)
    if (!found) throw new Error(`A step without ${type}`)
    return found
  }

  return {
    state: () => state,
    replace: (replacement) => {
      state = replacement
      era++
      sleep()
    },
    request: (input) => only(submit({ type: 'request', ...input }), 'respond'),
    attempt: (input) => only(submit({ type: 'attempt', ...input }), 'attempted').result,
    control: (input) => {
      const effects = submit(input)
      const refused = effects.find((effect) => effect.type === 'refused')
      if (refused?.type === 'refused') throw new Error(refused.message)
      return only(effects, 'reply').value
    },
    advance: (milliseconds) => {
      advancing = advancing.then(() => pass(milliseconds))
      return advancing
    },
    idle,
    stop: () => {
      stopped = true
      callOff()
    },
  }
}
