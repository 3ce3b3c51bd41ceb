import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'
import { languageTag, lineOf, messageText } from '../text.js'

/** Other ways to ask the same, or words that point to it: no list holds one twice. */
function linesUpTo(count: number, line: z.ZodMiniType<string, string>) {
  return z.pipe(
    z.array(line).check(z.maxLength(count)),
    z.transform((lines: string[]) => [...new Set(lines)]),
  )
}

const keyword = z.pipe(
  lineOf(60),
  z.transform((word: string) => word.toLowerCase()),
)

/** What a member may say of an entry. */
const fields = {
  question: lineOf(500),
  phrasings: linesUpTo(50, lineOf(500)),
  answer: messageText,
  /** Groups entries; empty: none. */
  category: z.union([z.literal(''), lineOf(100)]),
  /** Kept in lower case. */
  keywords: linesUpTo(50, keyword),
  /** Of question and answer. */
  language: languageTag,
  /** Whether it is used in answers. */
  enabled: z.boolean(),
}

/** `POST /api/chat-widget/widgets/:id/knowledge`. */
export const createKnowledgeEntryRequest = z.strictObject({
  question: fields.question,
  answer: fields.answer,
  phrasings: z.optional(fields.phrasings),
  category: z.optional(fields.category),
  keywords: z.optional(fields.keywords),
  language: z.optional(fields.language),
  enabled: z.optional(fields.enabled),
})

/** `PATCH /api/chat-widget/knowledge/:id`: what is absent stays. */
export const updateKnowledgeEntryRequest = z.partial(z.strictObject(fields))

/** Query of `GET /api/chat-widget/widgets/:id/knowledge`. */
export const listKnowledgeQuery = z.strictObject({ limit: z.optional(limitInQuery), cursor: z.optional(serverId) })

/** A question that a widget can answer. */
export const knowledgeEntry = z.object({
  id: serverId,
  widgetId: serverId,
  question: z.string(),
  phrasings: z.array(z.string()),
  answer: z.string(),
  category: z.string(),
  keywords: z.array(z.string()),
  language: z.string(),
  enabled: z.boolean(),
  timesUsed: z.int(),
  helpful: z.int(),
  notHelpful: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** Null: it came with the widget, or its author has been removed. */
  createdBy: z.nullable(z.object({ id: serverId, name: z.string() })),
})

/** Answer of `POST …/knowledge`, `GET` and `PATCH /knowledge/:id`. */
export const knowledgeEntryResponse = z.object({ entry: knowledgeEntry })

/** Answer of `GET …/knowledge`, oldest first. */
export const listKnowledgeResponse = z.object({ entries: z.array(knowledgeEntry), nextCursor: z.nullable(z.string()) })
