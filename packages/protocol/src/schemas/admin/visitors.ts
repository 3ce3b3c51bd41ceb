import * as z from 'zod/mini'
import { clientId, conversationSummary, serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'
import { messageText } from '../text.js'

/** Query of `GET /api/chat-widget/visitors`. */
export const listVisitorsQuery = z.object({
  /** Part of a name or an e-mail address, or a user's id at the site. */
  q: z.optional(z.string().check(z.maxLength(100))),
  limit: z.optional(limitInQuery),
  cursor: z.optional(z.string().check(z.maxLength(64))),
})

/** A visitor as the team knows it. */
export const knownVisitor = z.object({
  id: serverId,
  name: z.string(),
  email: z.nullable(z.string()),
  /** Whether the site has proved who it is (S13). */
  identified: z.boolean(),
  /** What a page has said, unproved. */
  nameClaimed: z.boolean(),
  emailClaimed: z.boolean(),
  lastSeenAt: timestamp,
  /** Where it was seen last. */
  pageUrl: z.nullable(z.string()),
  /** Its newest conversation that has not ended. */
  conversationId: z.nullable(serverId),
  /** Whether a conversation that the team starts would reach it (C25). */
  reachable: z.boolean(),
})

/** Answer of `GET /api/chat-widget/visitors`, who was seen last first. A page may have none, and another may follow. */
export const listVisitorsResponse = z.object({ visitors: z.array(knownVisitor), nextCursor: z.nullable(z.string()) })

/** `POST /api/chat-widget/visitors/:id/conversations` (C25). */
export const contactVisitorRequest = z.strictObject({
  /** The same one again is the same conversation. */
  clientConversationId: clientId,
  /** Absent: where the visitor was seen last. */
  widgetId: z.optional(serverId),
  text: messageText,
})

/** Its answer. */
export const contactVisitorResponse = z.object({ conversation: conversationSummary })
