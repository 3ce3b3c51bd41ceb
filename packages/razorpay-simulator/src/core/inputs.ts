import type { Instrument, Notes } from './entities.js'
import type { FailureReason } from './failure-reasons.js'
import type { Fault } from './faults.js'
import type { SimulatorSettings } from './state.js'
import type { DeliveryOrder, EventName } from './webhook-records.js'

/** A call of the REST API, as it came over the wire. */
export interface RequestInput {
  readonly type: 'request'
  readonly method: string
  /** Path alone, from `/v1` on. */
  readonly path: string
  /** What follows the question mark. */
  readonly query: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** Keys of refunds whose answer is still on its way: the same key is answered 409 meanwhile. */
  readonly refundKeysInFlight?: readonly string[]
}

/** How an attempt to pay goes. Without one, the instrument decides. */
export type AttemptOutcome =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: FailureReason }
  /** The bank says nothing. After ten minutes the payment has failed; it may say yes later, counted from the attempt. */
  | { readonly kind: 'silent'; readonly authorizedAfter?: number }

/** Somebody pays: on the checkout, on the page of a link, or in a test. */
export interface AttemptInput {
  readonly type: 'attempt'
  /** An order, or a link; or neither for a payment without an order, which needs an amount. */
  readonly orderId?: string
  readonly linkId?: string
  /** Of a payment without an order. */
  readonly accountId?: string
  /** In minor units; what is due if absent. */
  readonly amount?: number
  readonly currency?: string
  readonly instrument?: Instrument
  readonly outcome?: AttemptOutcome
  readonly description?: string | null
  readonly email?: string | null
  readonly contact?: string | null
  readonly notes?: Notes
}

/** What is done to the simulator from outside of the API. */
export type ControlInput =
  | {
      readonly type: 'payment.move'
      readonly paymentId: string
      readonly to: 'authorized' | 'captured' | 'failed'
      readonly reason?: FailureReason
    }
  | { readonly type: 'refund.move'; readonly refundId: string; readonly to: 'processed' | 'failed' }
  | { readonly type: 'fault.add'; readonly fault: Fault }
  | { readonly type: 'fault.remove'; readonly id?: string }
  | {
      readonly type: 'webhook.add'
      readonly accountId?: string
      readonly url: string
      readonly secret: string | null
      readonly events?: readonly EventName[] | null
      readonly order?: DeliveryOrder
    }
  | {
      readonly type: 'webhook.change'
      readonly id: string
      readonly url?: string
      /** Another one is a rotation: what happened before is still signed with the old one. */
      readonly secret?: string | null
      readonly events?: readonly EventName[] | null
      readonly active?: boolean
      readonly order?: DeliveryOrder
    }
  | { readonly type: 'webhook.remove'; readonly id: string }
  | { readonly type: 'delivery.release'; readonly webhookId?: string }
  | {
      readonly type: 'delivery.replay'
      readonly eventId: string
      readonly webhookId?: string
      readonly underNewId?: boolean
    }
  /** Sends what never happened, or not so: signed as it should be, with whatever is said in it. */
  | {
      readonly type: 'event.forge'
      readonly accountId?: string
      readonly name: EventName
      readonly body: Readonly<Record<string, unknown>>
    }
  | { readonly type: 'settings.change'; readonly settings: Partial<SimulatorSettings> }

/** What came of a try to deliver. */
export interface DeliveryResultInput {
  readonly type: 'delivery.result'
  readonly deliveryId: string
  /** HTTP status of the answer, or nothing. */
  readonly status: number | null
  /** Why there was none: `timeout`, `refused` and the like. */
  readonly error: string | null
}

/** All that may happen to a simulator. */
export type Input = RequestInput | AttemptInput | ControlInput | DeliveryResultInput | { readonly type: 'tick' }

/** The answer to a call of the REST API, with the accident that it has on its way. */
export interface RespondEffect {
  readonly type: 'respond'
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** `reset` ends the connection, `hang` never answers, `truncate` ends it in the middle of the body. */
  readonly accident: 'none' | 'reset' | 'hang' | 'truncate'
  /** Milliseconds to wait before answering. */
  readonly delay: number
}

/** What an attempt led to. Signatures are by the secret of the account's first key. */
export type AttemptResult =
  | {
      readonly ok: true
      readonly paymentId: string
      readonly orderId: string | null
      readonly status: 'created' | 'authorized' | 'captured' | 'failed' | 'refunded'
      /** What a handler gets, when the payment went through. */
      readonly signature: string | null
      readonly error: CheckoutError | null
    }
  | { readonly ok: false; readonly error: CheckoutError }

/** An error as a checkout tells it. */
export interface CheckoutError {
  readonly code: string
  readonly description: string
  readonly source: string
  readonly step: string
  readonly reason: string
  readonly metadata: { readonly order_id?: string; readonly payment_id?: string }
  readonly field?: string
}

/** What a step wants done. `reply` and `respond` answer the input; `deliver` sends a webhook and brings a `delivery.result`. */
export type Effect =
  | RespondEffect
  | { readonly type: 'attempted'; readonly result: AttemptResult }
  | { readonly type: 'reply'; readonly value: unknown }
  | { readonly type: 'refused'; readonly message: string }
  | {
      readonly type: 'deliver'
      readonly deliveryId: string
      readonly webhookId: string
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
