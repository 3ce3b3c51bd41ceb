import * as z from 'zod/mini'
import { conversationStatus, conversationSummary, timestamp } from '../entities.js'
import { integerInQuery, limitInQuery } from '../query.js'

/** Query of `GET /api/chat-widget/widgets/:id/conversations`: begun at `from` or later, and before `to`. */
export const listWidgetConversationsQuery = z.strictObject({
  status: z.optional(conversationStatus),
  from: z.optional(timestamp),
  to: z.optional(timestamp),
  limit: z.optional(limitInQuery),
  /** From the page before. */
  cursor: z.optional(z.string().check(z.maxLength(64))),
})

/**
 * Answer of `GET /api/chat-widget/widgets/:id/conversations`, and of `GET /api/chat-widget/conversations/:id/earlier`, which has
 * what its visitor began before it: those that began last come first.
 */
export const conversationPageResponse = z.object({
  conversations: z.array(conversationSummary),
  nextCursor: z.nullable(z.string()),
})

/** Query of `GET /api/chat-widget/conversations/:id/messages` (H1); the answer is that of visitors. */
export const listConversationMessagesQuery = z
  .strictObject({
    before: z.optional(integerInQuery),
    after: z.optional(integerInQuery),
    limit: z.optional(limitInQuery),
  })
  .check(
    z.refine(({ before, after }) => before === undefined || after === undefined, {
      path: ['before'],
      error: 'not together with after',
    }),
  )

/** Query of `GET /api/chat-widget/conversations/:id/earlier`. */
export const listEarlierConversationsQuery = z.strictObject({
  limit: z.optional(limitInQuery),
  /** From the page before. */
  cursor: z.optional(z.string().check(z.maxLength(64))),
})
