import type { EventName } from './webhook-records.js'

/** What may go wrong with a call of the REST API. "Before" leaves the state as it was; "after" is the question whether it happened. */
export type RestFaultKind =
  | 'rate_limit'
  | 'server_error'
  | 'html_error'
  | 'empty_error'
  | 'operation_in_progress'
  | 'reset_before'
  | 'reset_after'
  | 'hang_before'
  | 'hang_after'
  | 'truncated_answer'
  | 'latency'

/** A fault of the REST API. */
export interface RestFault {
  readonly on: 'rest'
  readonly kind: RestFaultKind
  /** Any method if absent. */
  readonly method?: string
  /** Path from `/v1` on; a `*` at its end stands for anything. Any path if absent. */
  readonly path?: string
  /** HTTP status of `server_error`, `html_error` and `empty_error`; 500, 502 and 502 if absent. */
  readonly status?: number
  /** How long `latency` waits with the answer, in milliseconds. */
  readonly ms?: number
}

/** What may go wrong with a delivery. */
export type WebhookFaultKind =
  | 'drop'
  | 'duplicate'
  | 'delay'
  | 'hold'
  | 'corrupt_signature'
  | 'wrong_secret'
  | 'truncate_body'

/** A fault of webhooks. Several may strike one event. */
export interface WebhookFault {
  readonly on: 'webhook'
  readonly kind: WebhookFaultKind
  /** Any endpoint if absent. */
  readonly webhookId?: string
  /** Any event if absent. */
  readonly event?: EventName
  /** How many more deliveries `duplicate` makes; one if absent. */
  readonly copies?: number
  /** How long `delay` waits before the first try, in milliseconds. */
  readonly ms?: number
}

/** How the refunds that begin from now on end. */
export interface RefundFault {
  readonly on: 'refund'
  readonly kind: 'fail' | 'fall_back_to_normal' | 'stay_pending'
}

/** A fault as it is ordered. */
export type Fault = (RestFault | WebhookFault | RefundFault) & {
  /** How often it strikes; without end if absent. */
  readonly times?: number
  /** How likely it strikes when it could, by the seed; always if absent. */
  readonly probability?: number
}

/** A fault as it is kept: what is left of `times`. */
export type FaultRecord = Fault & { readonly id: string; readonly left: number | null }

/** Whether a path is one that a fault names. */
export function matchesPath(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
