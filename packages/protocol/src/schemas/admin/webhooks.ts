import * as z from 'zod/mini'
import { conversationChanged, conversationSummary, messageCreated, serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'
import { webUrl } from '../web-url.js'

/** What a webhook can be told of (Z1). */
export const webhookEventType = z.enum([
  'conversation.started',
  'conversation.waiting',
  'conversation.assigned',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.rated',
  'message.created',
])

/** Whose conversation it is, as far as that was known when it was told for the first time. */
const conversation = z.object({
  id: serverId,
  widgetId: serverId,
  visitor: conversationSummary.shape.visitor,
  pageUrl: z.nullable(z.string()),
  createdAt: timestamp,
})

const change = z.object({ conversation, change: conversationChanged })

function payload<Type extends string, Data extends z.ZodMiniType>(type: Type, data: Data) {
  return z.object({
    type: z.literal(type),
    /** When it happened. */
    timestamp,
    data,
  })
}

/** Body of what a webhook is sent (Z2); one is told of further types only when it is set to be. */
export const webhookPayload = z.discriminatedUnion('type', [
  payload('ping', z.object({})),
  payload('conversation.started', z.object({ conversation })),
  payload('conversation.waiting', change),
  payload('conversation.assigned', change),
  payload('conversation.resolved', change),
  payload('conversation.reopened', change),
  payload(
    'conversation.rated',
    z.object({ conversation, rating: z.object({ score: z.int(), comment: z.nullable(z.string()) }) }),
  ),
  payload('message.created', z.object({ conversation, message: messageCreated })),
])

/** An address that is told of what happens. Its secret is told once, when it is made. */
export const webhook = z.object({
  id: serverId,
  url: z.string(),
  events: z.array(webhookEventType),
  enabled: z.boolean(),
  /** Why the server has switched it off: it answered 410, or failed for too long (Z5). Null: it has not. */
  disabledReason: z.nullable(z.enum(['gone', 'failing'])),
  /** Nothing has reached it since then; null: the last attempt did. */
  failingSince: z.nullable(timestamp),
  /** Until then it is signed with the previous secret as well. */
  previousSecretUntil: z.nullable(timestamp),
  createdAt: timestamp,
})

const events = z.array(webhookEventType).check(z.minLength(1), z.maxLength(webhookEventType.options.length))

/** `POST /api/chat-widget/webhooks`. */
export const createWebhookRequest = z.strictObject({ url: webUrl, events })

/** `PATCH /api/chat-widget/webhooks/:id`: what is absent stays. */
export const updateWebhookRequest = z.strictObject({
  url: z.optional(webUrl),
  events: z.optional(events),
  enabled: z.optional(z.boolean()),
})

/** Answers of `/api/chat-widget/webhooks`, the oldest first. */
export const listWebhooksResponse = z.object({ webhooks: z.array(webhook) })
export const webhookResponse = z.object({ webhook })
/** Answer of what makes a secret, which is shown this once. */
export const webhookSecretResponse = z.object({ webhook, secret: z.string() })

/** One thing that a webhook is told of. Its id is the `webhook-id` of every attempt. */
export const webhookDelivery = z.object({
  id: serverId,
  type: z.enum([...webhookEventType.options, 'ping']),
  conversationId: z.nullable(serverId),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.int(),
  /** When it is sent next; null: not any more. */
  nextAt: z.nullable(timestamp),
  createdAt: timestamp,
  /** Of the last attempt, as far as there was one and it came so far. */
  attemptedAt: z.nullable(timestamp),
  durationMs: z.nullable(z.int()),
  status: z.nullable(z.int()),
  error: z.nullable(z.enum(['unreachable', 'timeout', 'address', 'redirect', 'status', 'secret'])),
  /** How the answer begins. */
  response: z.nullable(z.string()),
  /** What is sent; null: nothing was yet. */
  body: z.nullable(z.string()),
})

/** Query of `GET …/webhooks/:id/deliveries`. */
export const listWebhookDeliveriesQuery = z.strictObject({
  state: z.optional(webhookDelivery.shape.state),
  limit: z.optional(limitInQuery),
  /** From the page before. */
  cursor: z.optional(serverId),
})

/** Answer of `GET …/webhooks/:id/deliveries`: the newest first. */
export const listWebhookDeliveriesResponse = z.object({
  deliveries: z.array(webhookDelivery),
  nextCursor: z.nullable(z.string()),
})

/** Answer of `POST …/ping` and `POST …/replay`: what is about to be sent. */
export const webhookDeliveryResponse = z.object({ delivery: webhookDelivery })
