/** Names of the events that the simulator sends. */
export const EVENT_NAMES = [
  'payment.authorized',
  'payment.captured',
  'payment.failed',
  'order.paid',
  'payment_link.paid',
  'payment_link.partially_paid',
  'payment_link.cancelled',
  'payment_link.expired',
  'refund.created',
  'refund.processed',
  'refund.failed',
  'refund.speed_changed',
] as const

/** One of the events. */
export type EventName = (typeof EVENT_NAMES)[number]

/** In which order an endpoint hears of what one step brought, or of what was held back. */
export type DeliveryOrder = 'fifo' | 'reverse' | 'shuffle'

/** An endpoint that is told of events. */
export interface WebhookRecord {
  readonly id: string
  readonly accountId: string
  readonly url: string
  /** Without one nothing is signed, as with Razorpay, where a secret is optional. */
  readonly secret: string | null
  /** Nothing is everything. */
  readonly events: readonly EventName[] | null
  readonly active: boolean
  /** When the simulator gave up on it, in milliseconds; nothing while it has not. */
  readonly disabledAt: number | null
  readonly order: DeliveryOrder
}

/** Something that happened, with the bytes that every delivery of it sends. */
export interface EventRecord {
  readonly id: string
  readonly accountId: string
  readonly name: EventName
  readonly body: string
  readonly createdAt: number
}

/** One try to deliver, and what came of it. */
export interface DeliveryAttempt {
  readonly at: number
  /** HTTP status of the answer, if one came. */
  readonly status: number | null
  /** Why none came. */
  readonly error: string | null
}

/** What is done to a delivery on purpose. */
export interface DeliveryDamage {
  readonly corruptSignature?: boolean
  readonly wrongSecret?: boolean
  readonly truncateBody?: boolean
}

/** One event on its way to one endpoint. */
export interface DeliveryRecord {
  readonly id: string
  readonly eventId: string
  /** What the header says: another one than `eventId` only for a replay under a new id. */
  readonly headerEventId: string
  readonly event: EventName
  readonly webhookId: string
  /** That of the endpoint when the event happened: retries after a rotation are still signed with it. */
  readonly secret: string | null
  readonly status: 'waiting' | 'in_flight' | 'held' | 'delivered' | 'dropped' | 'abandoned'
  readonly damage: DeliveryDamage
  readonly attempts: readonly DeliveryAttempt[]
  readonly createdAt: number
  /** When the next try is due; nothing when none is. */
  readonly dueAt: number | null
}

/** The e-mail that Razorpay sends when it gives up on an endpoint. */
export interface AlertRecord {
  readonly at: number
  readonly webhookId: string
  readonly deliveryId: string
  readonly text: string
}
