import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'
import { languageTag, lineOf, messageText } from '../text.js'
import { webUrl } from '../web-url.js'

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
  /** Where it is to be read in full. */
  url: z.nullable(webUrl),
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
  url: z.optional(fields.url),
  /** False: a draft, which no answer uses before it is published. */
  published: z.optional(z.boolean()),
})

/** `PATCH /api/chat-widget/knowledge/:id`: what is absent stays; and `PUT …/draft`: what an entry is to become, nothing: the draft goes. */
export const updateKnowledgeEntryRequest = z.partial(z.strictObject(fields))

/** More than an entry will ever have, and few enough for the column that counts them. */
const MOST_VERSIONS = 1_000_000_000

/** `POST /api/chat-widget/knowledge/:id/restore`. */
export const restoreKnowledgeEntryRequest = z.strictObject({
  version: z.int().check(z.minimum(1), z.maximum(MOST_VERSIONS)),
})

/** Query of `GET /api/chat-widget/widgets/:id/knowledge`. */
export const listKnowledgeQuery = z.strictObject({
  /** Words of the question, of another way to ask it, of the answer, or a keyword. */
  q: z.optional(z.string().check(z.maxLength(100))),
  category: z.optional(z.string().check(z.maxLength(100))),
  language: z.optional(fields.language),
  /** `published`: found by visitors · `draft`: not published, or with changes that are not · `disabled`: switched off. */
  state: z.optional(z.enum(['published', 'draft', 'disabled'])),
  limit: z.optional(limitInQuery),
  cursor: z.optional(serverId),
})

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
  url: z.nullable(z.string()),
  /** Only what is published and enabled is found. */
  published: z.boolean(),
  /** What it is to become when it is published. */
  draft: z.nullable(z.partial(z.object(fields))),
  /** One more with each change. */
  version: z.int(),
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
export const listKnowledgeResponse = z.object({
  entries: z.array(knowledgeEntry),
  nextCursor: z.nullable(z.string()),
  /** Of all entries of the widget, those that were not asked for included. */
  categories: z.array(z.string()),
  languages: z.array(z.string()),
})

const author = z.nullable(z.object({ id: serverId, name: z.string() }))

/** What an entry was. */
export const knowledgeVersion = z.object({
  version: z.int(),
  changedAt: timestamp,
  /** Null: it came with the widget, or they have been removed. */
  changedBy: author,
  content: z.object({
    question: z.string(),
    phrasings: z.array(z.string()),
    answer: z.string(),
    category: z.string(),
    keywords: z.array(z.string()),
    language: z.string(),
    enabled: z.boolean(),
    url: z.nullable(z.string()),
    published: z.boolean(),
  }),
})

/** Answer of `GET /api/chat-widget/knowledge/:id/versions`, the latest first. */
export const listKnowledgeVersionsResponse = z.object({ versions: z.array(knowledgeVersion) })

/** A question that had no answer, in the words that it was asked in first. */
export const knowledgeGap = z.object({
  id: serverId,
  question: z.string(),
  language: z.string(),
  times: z.int(),
  status: z.enum(['open', 'dismissed', 'answered']),
  /** The entry that was made of it. */
  entryId: z.nullable(serverId),
  firstAt: timestamp,
  lastAt: timestamp,
})

/** Query of `GET /api/chat-widget/widgets/:id/knowledge-gaps`; open ones by default. */
export const listKnowledgeGapsQuery = z.strictObject({
  status: z.optional(knowledgeGap.shape.status),
  limit: z.optional(limitInQuery),
})

/** Answer of `GET …/knowledge-gaps`, those asked most first. */
export const listKnowledgeGapsResponse = z.object({ gaps: z.array(knowledgeGap) })

/** `PATCH /api/chat-widget/knowledge-gaps/:id`. */
export const updateKnowledgeGapRequest = z.strictObject({ status: z.enum(['open', 'dismissed']) })

/** Answer of `PATCH /knowledge-gaps/:id`. */
export const knowledgeGapResponse = z.object({ gap: knowledgeGap })

/** A question, and the entry that is to be found by it. */
export const goldenQuestion = z.object({ id: serverId, question: z.string(), entryId: serverId, createdBy: author })

/** `POST /api/chat-widget/knowledge/:id/golden-questions`. */
export const createGoldenQuestionRequest = z.strictObject({ question: fields.question })

/** Answer of `POST …/golden-questions`. */
export const goldenQuestionResponse = z.object({ goldenQuestion })

/** At which place the entry is found, from 1 on; null: not among the first ten. */
const place = z.nullable(z.int())

/** Answer of `GET /api/chat-widget/widgets/:id/golden-questions`, with what each finds now. */
export const listGoldenQuestionsResponse = z.object({
  goldenQuestions: z.array(z.object({ ...goldenQuestion.shape, place })),
})

/** Answer of `GET /api/chat-widget/knowledge/:id/draft`: what publishing would change. */
export const checkDraftResponse = z.object({
  /** Golden questions whose place would be another. */
  changed: z.array(z.object({ id: serverId, question: z.string(), entryId: serverId, before: place, after: place })),
  /** How many find their entry first, of how many. */
  before: z.int(),
  after: z.int(),
  total: z.int(),
})

/** Most entries of one import. */
export const MOST_IMPORTED = 200

/** An entry that is to be imported. */
export const importedEntry = z.strictObject({
  question: fields.question,
  answer: fields.answer,
  phrasings: z.optional(fields.phrasings),
  category: z.optional(fields.category),
  keywords: z.optional(fields.keywords),
  language: z.optional(fields.language),
  url: z.optional(fields.url),
})

/** `POST /api/chat-widget/widgets/:id/knowledge/preview`: a file's text, which changes nothing yet. */
export const previewImportRequest = z.strictObject({
  format: z.enum(['csv', 'json', 'markdown', 'html']),
  text: z.string().check(z.minLength(1), z.maxLength(60_000)),
  language: z.optional(fields.language),
})

/** `POST /api/chat-widget/widgets/:id/knowledge/import`: entries of a preview. */
export const importKnowledgeRequest = z.strictObject({
  entries: z.array(importedEntry).check(z.minLength(1), z.maxLength(MOST_IMPORTED)),
})

/** What an import does with an entry. `change` is of the entry with the same address, or the same question. */
const decision = z.object({
  action: z.enum(['add', 'change', 'skip']),
  /** Of what is skipped: it is there already as it is, the file has it twice, it is no entry, or there are too many. */
  reason: z.nullable(z.enum(['same', 'twice', 'invalid', 'full'])),
  /** The row, section or element that it came from, from 1 on. */
  place: z.int(),
  question: z.string(),
  entryId: z.nullable(serverId),
  entry: z.nullable(importedEntry),
})

/** Answer of `POST …/knowledge/preview` and `…/import`. */
export const importKnowledgeResponse = z.object({
  decisions: z.array(decision),
  added: z.int(),
  changed: z.int(),
  skipped: z.int(),
})

/** `POST /api/chat-widget/widgets/:id/knowledge/site`: the pages that a sitemap lists, which changes nothing yet. */
export const previewSiteRequest = z.strictObject({
  /** Of the sitemap, or of an index of them. */
  url: webUrl,
  /** Of the pages; by default what each says of itself. */
  language: z.optional(fields.language),
})

/**
 * Why a page was left out: of another origin, an address that is not asked, led to another origin, answered no, was no page,
 * too large, too slow, unreachable, made to keep its reader busy (of a sitemap: none), asked not to be found, without text,
 * one that another led to as well, beyond the most pages, beyond the most text; not reached in time: ask again. `cut`: it
 * was read, but for its end.
 */
const skippedPage = z.object({
  url: z.string(),
  reason: z.enum([
    ...['origin', 'address', 'redirect', 'status', 'type', 'large', 'timeout', 'unreachable', 'malformed', 'noindex'],
    ...['empty', 'twice', 'tooMany', 'full', 'notReached', 'cut'],
  ] as const),
})

/** Answer of `POST …/knowledge/site`; its entries are what `…/import` takes, up to 200, and 64 KB, with each request. */
export const previewSiteResponse = z.object({
  ...importKnowledgeResponse.shape,
  pages: z.object({
    /** How many the sitemap names. */
    listed: z.int(),
    read: z.int(),
    /** The first 400 of them. */
    skipped: z.array(skippedPage),
  }),
})

/** An entry as visitors read it. */
export const publicEntry = z.object({
  id: serverId,
  question: z.string(),
  answer: z.string(),
  category: z.string(),
  language: z.string(),
  url: z.nullable(z.string()),
})

/** Query of `GET /api/widget/knowledge` and `GET /api/chat-widget/public/widget/:key/knowledge`; `q`: what is sought. */
export const publicKnowledgeQuery = z.strictObject({ q: z.optional(lineOf(200)) })

/** Answer of both: published entries, by category, or those found, the best first. */
export const publicKnowledgeResponse = z.object({ categories: z.array(z.string()), entries: z.array(publicEntry) })
