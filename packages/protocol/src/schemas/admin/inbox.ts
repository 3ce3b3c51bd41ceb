import * as z from 'zod/mini'
import { conversationSummary, priority, seq, serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'
import { lineOf } from '../text.js'

/** Which conversations a member looks at (I3). */
export const inboxView = z.enum(['mine', 'unassigned', 'waiting', 'all', 'assistant', 'resolved', 'snoozed'])

/** What narrows a view: each of them must hold. */
const filters = {
  tagId: z.optional(serverId),
  departmentId: z.optional(serverId),
  priority: z.optional(priority),
  /** Who has it. */
  agentId: z.optional(serverId),
  widgetId: z.optional(serverId),
}
export const inboxFilter = z.strictObject(filters)

/** From the page before. */
const cursor = z.optional(z.string().check(z.maxLength(64)))

/** Query of `GET /api/chat-widget/conversations`. */
export const listConversationsQuery = z.strictObject({
  view: z.optional(inboxView),
  ...filters,
  limit: z.optional(limitInQuery),
  cursor,
})

/** Its answer: most recently changed first, to the minute; of `waiting` whoever waits longest. */
export const listConversationsResponse = z.object({
  conversations: z.array(conversationSummary),
  nextCursor: z.nullable(z.string()),
})

/** Nobody is helped by counting further: this says so many or more. */
export const MOST_COUNTED = 1000

/** Answer of `GET /api/chat-widget/conversations/counts`, each at most `MOST_COUNTED`. */
export const countConversationsResponse = z.object({ counts: z.record(inboxView, z.int()) })

/** Query of `GET /api/chat-widget/search`: each word must be there, the last one as a beginning. */
export const searchQuery = z.strictObject({
  q: lineOf(200),
  limit: z.optional(limitInQuery),
  cursor,
})

/** Something that was found. */
export const searchResult = z.object({
  /** What has the words: something said, a note of the team's, or the name or address of who wrote. */
  in: z.enum(['message', 'note', 'visitor']),
  conversation: conversationSummary,
  /** Of a message, its place in the log. */
  seq: z.nullable(seq),
  /** When it was said or noted; null of a visitor. */
  at: z.nullable(timestamp),
  /** Plain text around the first of the words. */
  excerpt: z.string(),
  /** Where words of the search stand in it: from, to, in UTF-16 code units. */
  ranges: z.array(z.tuple([z.int(), z.int()])),
})

/** Answer of `GET /api/chat-widget/search`: what was said last comes first. */
export const searchResponse = z.object({
  results: z.array(searchResult),
  nextCursor: z.nullable(z.string()),
})

/** What is done to many conversations at once. */
export const bulkAction = z.discriminatedUnion('type', [
  /** Without an agent: to oneself. */
  z.strictObject({ type: z.literal('assign'), agentId: z.optional(serverId) }),
  z.strictObject({ type: z.literal('release'), departmentId: z.optional(z.nullable(serverId)) }),
  z.strictObject({ type: z.literal('end') }),
  z.strictObject({ type: z.literal('reopen') }),
  /** Null wakes them. */
  z.strictObject({ type: z.literal('snooze'), until: z.nullable(timestamp) }),
  z.strictObject({ type: z.literal('tag'), tagId: serverId }),
  z.strictObject({ type: z.literal('untag'), tagId: serverId }),
  z.strictObject({ type: z.literal('priority'), priority }),
])

/** `POST /api/chat-widget/conversations/bulk`. */
export const bulkRequest = z.strictObject({
  ids: z.array(serverId).check(z.minLength(1), z.maxLength(100)),
  action: bulkAction,
})

/** Its answer, in the order of the ids: `done`, `taken`, or the code of the refusal. */
export const bulkResponse = z.object({
  outcomes: z.array(z.object({ id: serverId, outcome: z.string() })),
})
