import * as z from 'zod/mini'
import { FAILURES, type FailureReason } from '../core/failure-reasons.js'
import { EVENT_NAMES } from '../core/webhook-records.js'

const milliseconds = z.number().check(z.minimum(0))
const count = z.int().check(z.minimum(1))
const failureReason = z.enum(Object.keys(FAILURES) as [FailureReason, ...FailureReason[]])
const eventName = z.enum(EVENT_NAMES)
const howOften = { times: z.optional(count), probability: z.optional(z.number().check(z.minimum(0), z.maximum(1))) }

/** Body of `POST /__sim/faults`. */
export const faultSchema = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('rest'),
    kind: z.enum([
      'rate_limit',
      'server_error',
      'html_error',
      'empty_error',
      'operation_in_progress',
      'reset_before',
      'reset_after',
      'hang_before',
      'hang_after',
      'truncated_answer',
      'latency',
    ]),
    method: z.optional(z.string()),
    path: z.optional(z.string()),
    status: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
    ms: z.optional(milliseconds),
    ...howOften,
  }),
  z.strictObject({
    on: z.literal('webhook'),
    kind: z.enum(['drop', 'duplicate', 'delay', 'hold', 'corrupt_signature', 'wrong_secret', 'truncate_body']),
    webhookId: z.optional(z.string()),
    event: z.optional(eventName),
    copies: z.optional(count),
    ms: z.optional(milliseconds),
    ...howOften,
  }),
  z.strictObject({
    on: z.literal('refund'),
    kind: z.enum(['fail', 'fall_back_to_normal', 'stay_pending']),
    ...howOften,
  }),
])

const order = z.optional(z.enum(['fifo', 'reverse', 'shuffle']))
const events = z.optional(z.nullable(z.array(eventName)))

/** Body of `POST /__sim/webhooks`. */
export const webhookSchema = z.strictObject({
  url: z.string(),
  secret: z.nullable(z.string()),
  accountId: z.optional(z.string()),
  events,
  order,
})

/** Body of `PATCH /__sim/webhooks/:id`. */
export const webhookChangeSchema = z.strictObject({
  url: z.optional(z.string()),
  secret: z.optional(z.nullable(z.string())),
  active: z.optional(z.boolean()),
  events,
  order,
})

/** Body of `PATCH /__sim/settings`. */
export const settingsSchema = z.strictObject({
  autoCapture: z.optional(z.boolean()),
  silenceAfter: z.optional(milliseconds),
  lateAuthorizationWithin: z.optional(milliseconds),
  autoRefundAfter: z.optional(milliseconds),
  refundAfter: z.optional(milliseconds),
  retryAfter: z.optional(z.array(milliseconds)),
  giveUpAfter: z.optional(milliseconds),
  bodyStyle: z.optional(z.enum(['php', 'compact', 'mixed'])),
  uniqueReceipts: z.optional(z.boolean()),
  maximumAmount: z.optional(count),
})

const instrument = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('card'), number: z.string(), name: z.string() }),
  z.strictObject({ method: z.literal('upi'), vpa: z.string() }),
  z.strictObject({ method: z.literal('netbanking'), bank: z.string() }),
  z.strictObject({ method: z.literal('wallet'), wallet: z.string() }),
])

/** Who pays, with what and how much: body of the calls that pay. */
export const attemptSchema = z.strictObject({
  amount: z.optional(count),
  currency: z.optional(z.string()),
  instrument: z.optional(instrument),
  description: z.optional(z.nullable(z.string())),
  email: z.optional(z.nullable(z.string())),
  contact: z.optional(z.nullable(z.string())),
  notes: z.optional(z.record(z.string(), z.string())),
})

/** Body of `POST /__sim/payments/:id/transition`. */
export const paymentMoveSchema = z.strictObject({
  to: z.enum(['authorized', 'captured', 'failed']),
  reason: z.optional(failureReason),
})

/** Body of `POST /__sim/refunds/:id/transition`. */
export const refundMoveSchema = z.strictObject({ to: z.enum(['processed', 'failed']) })

/** Body of `POST /__sim/clock`: how far it is to go on, in milliseconds. */
export const clockSchema = z.strictObject({ advance: milliseconds })

/** Body of `POST /__sim/reset`: the seed to begin with again; that of before if absent. */
export const resetSchema = z.strictObject({ seed: z.optional(z.string().check(z.minLength(1))) })

/** Body of `POST /__sim/deliveries/release`. */
export const releaseSchema = z.strictObject({ webhookId: z.optional(z.string()) })

/** Body of `POST /__sim/events`: what is to be sent as if it had happened. */
export const forgerySchema = z.strictObject({
  name: eventName,
  accountId: z.optional(z.string()),
  body: z.record(z.string(), z.unknown()),
})

/** Body of `POST /__sim/events/:id/replay`. */
export const replaySchema = z.strictObject({
  webhookId: z.optional(z.string()),
  underNewId: z.optional(z.boolean()),
})

/** A browser's attempt, on the checkout or the page of a link. */
export const pageAttemptSchema = z.strictObject({
  key: z.optional(z.string()),
  order_id: z.optional(z.string()),
  amount: z.optional(count),
  currency: z.optional(z.string()),
  /** Name of an outcome; the card decides if absent. */
  outcome: z.optional(z.string()),
  card: z.optional(z.strictObject({ number: z.string(), name: z.string() })),
  otp: z.optional(z.string()),
  description: z.optional(z.nullable(z.string())),
  email: z.optional(z.nullable(z.string())),
  contact: z.optional(z.nullable(z.string())),
  notes: z.optional(z.record(z.string(), z.string())),
})
