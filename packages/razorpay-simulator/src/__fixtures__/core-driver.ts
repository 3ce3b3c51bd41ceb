import {
  type AttemptInput,
  type AttemptResult,
  type ControlInput,
  createState,
  type Effect,
  type Input,
  nextDueAt,
  type SimulatorSettings,
  type SimulatorState,
  step,
} from '../core.js'

/** Where the clock of tests begins: a day in 2026. */
export const START = Date.UTC(2026, 3, 1, 9, 0, 0)
/** The key of the tests. */
const KEY = { id: 'rzp_test_simKEY', secret: 'sim-secret' }
/** A second account's key. */
export const OTHER_KEY = { id: 'rzp_test_simOTHER', secret: 'other-secret', accountId: 'acc_Other000000000' }

/** A body of the API, looked into without ceremony. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests, which say what they expect.
export type Answer = any

/** Drives the core without any socket: calls, attempts, controls and time. Deliveries are kept, and answered as `receive` says. */
export class CoreDriver {
  state: SimulatorState
  now = START
  readonly delivered: Extract<Effect, { type: 'deliver' }>[] = []
  /** HTTP status with which the endpoints answer. */
  receive: (effect: Extract<Effect, { type: 'deliver' }>) => number | null = () => 200

  constructor(settings: Partial<SimulatorSettings> = {}, seed = 'tests') {
    this.state = createState({ seed, keys: [KEY, OTHER_KEY], settings })
  }

  /** One step; its deliveries are answered at once. */
  step(input: Input): readonly Effect[] {
    const { state, effects } = step(this.state, input, this.now)
    this.state = state
    for (const effect of effects) {
      if (effect.type !== 'deliver') continue
      this.delivered.push(effect)
      const status = this.receive(effect)
      this.step({
        type: 'delivery.result',
        deliveryId: effect.deliveryId,
        status,
        error: status === null ? 'refused' : null,
      })
    }
    return effects
  }

  /** A call of the API. */
  call(
    method: string,
    path: string,
    body?: unknown,
    { headers = {}, key = KEY }: { headers?: Record<string, string>; key?: { id: string; secret: string } } = {},
  ): { status: number; body: Answer } {
    const [pathname = '', query = ''] = path.split('?')
    const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`
    const effects = this.step({
      type: 'request',
      method,
      path: `/v1${pathname}`,
      query,
      headers: { authorization, ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    })
    const answer = effects.find((effect) => effect.type === 'respond')
    if (answer?.type !== 'respond') throw new Error('no answer')
    return {
      status: answer.status,
      body: answer.contentType === 'application/json' ? JSON.parse(answer.body) : answer.body,
    }
  }

  /** A call that has to go well. */
  ok(method: string, path: string, body?: unknown, options?: Parameters<CoreDriver['call']>[3]): Answer {
    const answer = this.call(method, path, body, options)
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** What a call is refused with. */
  refusal(method: string, path: string, body?: unknown, options?: Parameters<CoreDriver['call']>[3]): Answer {
    const answer = this.call(method, path, body, options)
    if (answer.status < 400) throw new Error(`${method} ${path} went well: ${JSON.stringify(answer.body)}`)
    return { status: answer.status, ...answer.body.error }
  }

  /** Somebody pays, whatever comes of it. */
  attempt(input: Omit<AttemptInput, 'type'>): AttemptResult {
    const effect = this.step({ type: 'attempt', ...input }).find(({ type }) => type === 'attempted')
    if (effect?.type !== 'attempted') throw new Error('no attempt')
    return effect.result
  }

  /** Somebody pays, and it is a payment. */
  pay(input: Omit<AttemptInput, 'type'>): AttemptResult & { ok: true } {
    const result = this.attempt(input)
    if (!result.ok) throw new Error(result.error.description)
    return result
  }

  /** Does something from outside of the API. */
  control(input: ControlInput): Answer {
    const effect = this.step(input).find(({ type }) => type === 'reply' || type === 'refused')
    if (effect?.type === 'refused') throw new Error(effect.message)
    return effect?.type === 'reply' ? effect.value : undefined
  }

  /** Lets time pass, stopping wherever something is due. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds
    for (let due = nextDueAt(this.state); due !== null && due <= end; due = nextDueAt(this.state)) {
      this.now = Math.max(due, this.now)
      this.step({ type: 'tick' })
    }
    this.now = end
    this.step({ type: 'tick' })
  }

  /** An order of ₹499, or another. */
  order(body: Record<string, unknown> = {}): Answer {
    return this.ok('POST', '/orders', { amount: 49_900, currency: 'INR', ...body })
  }

  /** Names of the events there were so far. */
  events(): string[] {
    return [...this.state.events.values()].map(({ name }) => name)
  }

  /** The body of the last event of a name. */
  lastEvent(name: string): Answer {
    const event = [...this.state.events.values()].filter((candidate) => candidate.name === name).at(-1)
    if (!event) throw new Error(`no ${name}`)
    return JSON.parse(event.body)
  }
}
