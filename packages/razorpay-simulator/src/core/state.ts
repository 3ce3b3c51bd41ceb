import type { LinkRecord, OrderRecord, PaymentRecord, RefundRecord } from './entities.js'
import type { FaultRecord } from './faults.js'
import { seededId } from './ids.js'
import type { AlertRecord, DeliveryRecord, EventRecord, WebhookRecord } from './webhook-records.js'

/** A key of the API. Whoever holds it acts for its account. */
export interface ApiKey {
  /** Begins with `rzp_test_sim`, so that no key of a real account ever gets here. */
  readonly id: string
  readonly secret: string
  readonly accountId: string
}

/** What the documentation leaves open or lets an account choose. Times in milliseconds. */
export interface SimulatorSettings {
  /** Capture by itself what no order says otherwise of. */
  readonly autoCapture: boolean
  /** After this long without a word of the bank a payment has failed. */
  readonly silenceAfter: number
  /** So long after its creation the bank may still say that a failed payment went through. */
  readonly lateAuthorizationWithin: number
  /** What is authorised and not captured by then goes back. The documentation says three days here and five there. */
  readonly autoRefundAfter: number
  /** From the creation of a refund to `processed`. */
  readonly refundAfter: number
  /** Waits between the tries of one delivery; the real ones are unpublished. */
  readonly retryAfter: readonly number[]
  /** So long after an event an endpoint that never took it is disabled. */
  readonly giveUpAfter: number
  /** How bodies of events are written: `php` as Razorpay seems to (`\/`, `\u20b9`), `compact` as JSON.stringify, `mixed` by the seed. */
  readonly bodyStyle: 'php' | 'compact' | 'mixed'
  /** Refuse an order whose receipt was used before: "Order receipt should be unique." */
  readonly uniqueReceipts: boolean
  /** The most that an order or link may ask for, in minor units; for real accounts by business category. */
  readonly maximumAmount: number
  /** Where links are shown: their `short_url` begins with it. */
  readonly publicUrl: string
}

/** Something that is due at a time. */
export interface Timer {
  readonly at: number
  /** Of two that are due together, the one that was set first runs first. */
  readonly order: number
  readonly kind:
    | 'payment.silence'
    | 'payment.settle'
    | 'payment.return'
    | 'refund.process'
    | 'link.expire'
    | 'delivery.send'
    | 'delivery.give-up'
  readonly id: string
}

/** An answer to a refund that may be asked for again. */
export interface IdempotentAnswer {
  /** What was asked for: payment and body. */
  readonly request: string
  readonly refundId: string
}

/** All that the simulator knows. Never changed in place. */
export interface SimulatorState {
  readonly seed: string
  readonly settings: SimulatorSettings
  readonly keys: readonly ApiKey[]
  /** How many ids of each kind, timers and draws there were. */
  readonly counters: Readonly<Record<string, number>>
  readonly orders: ReadonlyMap<string, OrderRecord>
  readonly payments: ReadonlyMap<string, PaymentRecord>
  readonly refunds: ReadonlyMap<string, RefundRecord>
  readonly links: ReadonlyMap<string, LinkRecord>
  readonly webhooks: ReadonlyMap<string, WebhookRecord>
  readonly events: ReadonlyMap<string, EventRecord>
  readonly deliveries: ReadonlyMap<string, DeliveryRecord>
  readonly faults: ReadonlyMap<string, FaultRecord>
  readonly timers: ReadonlyMap<string, Timer>
  readonly idempotentAnswers: ReadonlyMap<string, IdempotentAnswer>
  readonly alerts: readonly AlertRecord[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What holds unless something else is said. */
export const DEFAULT_SETTINGS: SimulatorSettings = {
  autoCapture: true,
  silenceAfter: 10 * MINUTE,
  lateAuthorizationWithin: 3 * DAY,
  autoRefundAfter: 3 * DAY,
  refundAfter: 2_000,
  retryAfter: [1_000, 5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  giveUpAfter: DAY,
  bodyStyle: 'php',
  uniqueReceipts: false,
  maximumAmount: 50_000_000,
  publicUrl: 'http://127.0.0.1',
}

/** What a simulator begins with. */
export interface InitialState {
  seed: string
  /** Keys without an account belong to the first one. */
  keys: readonly { id: string; secret: string; accountId?: string }[]
  settings?: Partial<SimulatorSettings>
}

/** The account of keys that name none. */
export function defaultAccountId(seed: string): string {
  return seededId(seed, 'account', 0)
}

/**
 * A simulator in which nothing happened yet.
 * @throws {Error} when a key does not begin with `rzp_test_sim` or has no secret: no key of a real account is taken.
 */
export function createState({ seed, keys, settings }: InitialState): SimulatorState {
  for (const { id, secret } of keys) {
    if (!id.startsWith('rzp_test_sim'))
      throw new Error(`The key ${id} is refused: the simulator takes rzp_test_sim… only.`)
    if (!secret) throw new Error(`The key ${id} has no secret.`)
  }
  return {
    seed,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    keys: keys.map((key) => ({ ...key, accountId: key.accountId ?? defaultAccountId(seed) })),
    counters: {},
    orders: new Map(),
    payments: new Map(),
    refunds: new Map(),
    links: new Map(),
    webhooks: new Map(),
    events: new Map(),
    deliveries: new Map(),
    faults: new Map(),
    timers: new Map(),
    idempotentAnswers: new Map(),
    alerts: [],
  }
}
