import * as z from 'zod/mini'
import { author, conversationStatus, seq, serverId, timestamp } from './entities.js'
import { messagePart } from './message-parts.js'
import { lineOf, wordsOf } from './text.js'
import { formAnswers, locale, visitorAccount, visitorTraits } from './visitor-facts.js'
import { webUrl } from './web-url.js'

/** What a visitor says of a conversation at its end, or whenever they like (J1). */
export const rateConversationRequest = z.strictObject({
  score: z.int().check(z.minimum(1), z.maximum(5)),
  comment: z.optional(wordsOf(1_000, 1)),
})

/** Whether the assistant's message at this place has helped (J2). */
export const rateMessageRequest = z.strictObject({
  seq: z.int().check(z.minimum(1), z.maximum(2 ** 31 - 1)),
  helpful: z.boolean(),
})

const rating = z.object({ score: z.int(), comment: z.nullable(z.string()), ratedAt: timestamp })
const messageRating = z.object({ seq, helpful: z.boolean() })

/** A row of `GET /api/widget/conversations`. */
export const visitorConversation = z.object({
  id: serverId,
  status: conversationStatus,
  agent: z.nullable(author),
  /** The one that the session shows (C10). */
  live: z.boolean(),
  headSeq: seq,
  /** Messages of the team that the visitor has not read; at most 100 are counted. */
  unread: z.int(),
  lastMessage: z.nullable(z.object({ author, text: z.string(), createdAt: timestamp })),
  rating: z.nullable(rating),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** Answer of `GET /api/widget/conversations`: most recently changed first, at most 50. */
export const listVisitorConversationsResponse = z.object({ conversations: z.array(visitorConversation) })

/** Answer of `GET /api/widget/conversations/:id/rating`. */
export const ratingResponse = z.object({ rating: z.nullable(rating), messages: z.array(messageRating) })

const trackedValue = z.union([wordsOf(500), z.number(), z.boolean()])

/** What a visitor did on the site: something that it names, or a page that they have opened (K1). */
export const trackedEvent = z.union([
  z.strictObject({
    name: lineOf(100),
    properties: z.optional(
      z
        .record(z.string().check(z.regex(/^[A-Za-z][\w.-]{0,63}$/)), trackedValue)
        .check(z.refine((fields) => Object.keys(fields).length <= 20, { error: 'at most 20 properties' })),
    ),
  }),
  z.strictObject({ page: z.strictObject({ url: webUrl, title: z.optional(lineOf(300)) }) }),
])

/** `POST /api/widget/events`. */
export const trackRequest = z.strictObject({ events: z.array(trackedEvent).check(z.minLength(1), z.maxLength(20)) })

const storedEvent = z.object({
  at: timestamp,
  name: z.nullable(z.string()),
  properties: z.optional(z.record(z.string(), trackedValue)),
  page: z.optional(z.object({ url: z.string(), title: z.optional(z.string()) })),
})

const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{20,100}={0,2}$/))

/** `PUT /api/widget/push`: where a browser takes notifications while no page of the site is open (O1). */
export const pushSubscription = z.strictObject({
  endpoint: webUrl.check(z.maxLength(1_000)),
  /** The browser's public key, and its secret for this subscription: a push service cannot read what passes. */
  keys: z.strictObject({ p256dh: key, auth: key }),
  /** What a notification says that shows no words of the message, in the visitor's language. */
  label: lineOf(100),
})

/** `DELETE /api/widget/push`. */
export const endPushRequest = z.strictObject({ endpoint: pushSubscription.shape.endpoint })

/** What a push says, to the browser alone (O2). */
export const pushPayload = z.strictObject({
  title: z.string(),
  body: z.string(),
  /** Another one of the same tag takes its place. */
  tag: z.string(),
})

/** Query of `GET /api/widget/conversations/:id/transcript`. */
export const transcriptQuery = z.strictObject({
  format: z.optional(z.enum(['txt', 'html', 'json'])),
  locale: z.optional(locale),
})

/** `POST /api/widget/conversations/:id/transcript`. */
export const mailTranscriptRequest = z.strictObject({
  email: z.email().check(z.maxLength(254)),
  locale: z.optional(locale),
})

/** Consent as it was given: to what text, and when. */
const form = z.object({
  answers: formAnswers.shape.answers,
  consent: z.nullable(z.object({ text: z.string(), at: timestamp })),
  at: timestamp,
})

/** Answer of `GET /api/chat-widget/conversations/:id/visitor`: what was said and done, beside the log. */
export const conversationVisitor = z.object({
  id: serverId,
  name: z.string(),
  /** Nobody has said its name: `name` is made of its id. */
  nameless: z.optional(z.literal(true)),
  /** Proved, as is what follows; all the rest is what a page or a visitor has said. */
  identified: z.boolean(),
  email: z.nullable(z.string()),
  /** As the site has signed it (S16). */
  account: z.nullable(visitorAccount),
  traits: z.nullable(visitorTraits),
  form: z.nullable(form),
  /** What the form asks now, by the ids of its fields; of one that it asks no more, the id is all that is left. */
  questions: z.record(z.string(), z.string()),
  department: z.nullable(z.object({ id: serverId, name: z.string() })),
  locale: z.nullable(z.string()),
  /** As the requests of its session said: hints. */
  device: z.object({
    /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
    type: z.nullable(z.string()),
    browser: z.nullable(z.string()),
    os: z.nullable(z.string()),
    language: z.nullable(z.string()),
    /** ISO 3166, two capitals. */
    country: z.nullable(z.string()),
    city: z.nullable(z.string()),
  }),
  /** The page that led to the site. */
  referrer: z.nullable(z.string()),
  rating: z.nullable(rating),
  messageRatings: z.array(messageRating),
  /** Oldest first, at most the last 100. */
  events: z.array(storedEvent),
})

/** Answer of `GET /api/widget/visitor/export` (W7). */
export const visitorExport = z.object({
  exportedAt: timestamp,
  visitor: z.object({
    id: serverId,
    name: z.nullable(z.string()),
    email: z.nullable(z.string()),
    account: z.nullable(visitorAccount),
    createdAt: timestamp,
  }),
  sessions: z.array(
    z.object({
      id: serverId,
      traits: z.nullable(visitorTraits),
      form: z.nullable(form),
      locale: z.nullable(z.string()),
      page: z.nullable(z.string()),
      referrer: z.nullable(z.string()),
      device: z.record(z.string(), z.nullable(z.string())),
      createdAt: timestamp,
      lastSeenAt: timestamp,
      events: z.array(storedEvent),
    }),
  ),
  conversations: z.array(
    z.object({
      id: serverId,
      status: conversationStatus,
      createdAt: timestamp,
      form: z.nullable(form),
      rating: z.nullable(rating),
      messageRatings: z.array(messageRating),
      messages: z.array(z.object({ seq, author, parts: z.array(messagePart), createdAt: timestamp })),
    }),
  ),
})

/** Answer of `DELETE /api/widget/visitor`. */
export const erasureReceipt = z.object({
  /** Of the entry in the organization's audit trail. */
  receiptId: serverId,
  erasedAt: timestamp,
  sessions: z.int(),
  conversations: z.int(),
  /** Whether nothing is left of the visitor: another site, or another tab that is apart, may still have some. */
  complete: z.boolean(),
})
