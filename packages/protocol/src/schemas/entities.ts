import * as z from 'zod/mini'
import { messagePart } from './message-parts.js'
import { serverId } from './server-id.js'

export { serverId } from './server-id.js'

/** An id that a client made: opaque, unguessable, URL-safe. */
export const clientId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/))
/** Of a field or a rule, as its author calls it. */
export const slug = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, _ and -'))
/** A position in a conversation's log: 1, 2, 3… without holes (Q1). 0 means "before the first". */
export const seq = z.int().check(z.nonnegative())
/** A moment, ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime()

/** Who speaks. Set by the server, never believed from a client. */
export const author = z.object({
  kind: z.enum(['visitor', 'agent', 'assistant', 'system']),
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  avatarUrl: z.optional(z.string()),
})

/** `open`: the assistant answers · `waiting`: for a person · `assigned`: a person answers · `resolved`: done. */
export const conversationStatus = z.enum(['open', 'waiting', 'assigned', 'resolved'])

const logEntry = { id: serverId, conversationId: serverId, seq, createdAt: timestamp, author }

/** A message in the log. */
export const messageCreated = z.object({
  type: z.literal('message.created'),
  ...logEntry,
  clientMessageId: z.optional(z.string()),
  parts: z.array(messagePart),
})

/** A change of status or of the agent in charge, in the log; `author` made it. */
export const conversationChanged = z.object({
  type: z.literal('conversation.changed'),
  ...logEntry,
  status: conversationStatus,
  agent: z.nullable(author),
})

/** An entry of a conversation's log: durable, ordered by `seq`, replayed on resume (Q1). */
export const logEvent = z.discriminatedUnion('type', [messageCreated, conversationChanged])

/** How far a reader has got; `eventId` proves that it is the same log (R4), and is absent of one of which nothing is held. */
export const resumeCursor = z.object({ conversationId: serverId, seq, eventId: z.optional(serverId) })

/** How far each side has read (monotone, H2). */
export const readMarks = z.object({ visitor: seq, team: seq })

/** Whether a conversation's visitor is there; `away`: connected, and inactive (P1, P2). */
export const visitorPresence = z.enum(['online', 'away', 'offline'])

/** A member who watches a conversation and may answer in it (C21). */
export const viewer = z.object({ id: serverId, name: z.string() })

/** Whether anybody of the team is there, and the agent in charge of the visitor's conversation (P3). */
export const teamPresence = z.object({ online: z.boolean(), agent: z.boolean() })

/** One conversation brought up to date: the answer to a subscription (R1 to R4). */
export const conversationSync = z.object({
  conversationId: serverId,
  status: conversationStatus,
  agent: z.nullable(author),
  /** `fresh`: no cursor given · `resumed`: `events` follow the cursor without a hole · `gap`: drop what you have, `events` is the tail. */
  recovery: z.enum(['fresh', 'resumed', 'gap']),
  headSeq: seq,
  events: z.array(logEvent),
  reachedStart: z.boolean(),
  reads: readMarks,
})

/** How a site has proved who a visitor is (S13). `hmac`, which never ends by itself, is for sites that still have it. */
export const visitorProof = z.enum(['jwt', 'hmac'])

/** How soon a conversation needs somebody, beside its age. */
export const priority = z.enum(['low', 'normal', 'high', 'urgent'])

/** One row of the inbox. `version` grows with every change: the greatest wins (I1). */
export const conversationSummary = z.object({
  id: serverId,
  version: z.int(),
  status: conversationStatus,
  visitor: z.object({
    id: serverId,
    name: z.string(),
    /** Whether the site has proved who it is; else the name is what a page has said. */
    identified: z.boolean(),
    /** Who it is was proved, and the name was not: it is what a page has said. */
    nameClaimed: z.optional(z.literal(true)),
    /** By what. */
    proof: z.optional(visitorProof),
    /** Proved as well. */
    email: z.optional(z.string()),
  }),
  agent: z.nullable(author),
  headSeq: seq,
  /** Messages of the visitor that the team has not read. */
  unread: z.int(),
  lastMessage: z.nullable(
    z.object({
      ...{ author, text: z.string(), createdAt: timestamp },
      /** It tells of money that has come, or has not, or that somebody has to look at (P6). */
      ofPayment: z.optional(z.literal(true)),
    }),
  ),
  /** Since when the visitor waits for an answer. */
  waitingSince: z.nullable(timestamp),
  /** Page on which the visitor started. */
  pageUrl: z.nullable(z.string()),
  /** In which widget. */
  widgetId: serverId,
  priority,
  tagIds: z.array(serverId),
  departmentId: z.nullable(serverId),
  /** Out of everybody's way until then, or until the visitor writes (C18). */
  snoozedUntil: z.nullable(timestamp),
  /** How many notes the team has written. */
  notes: z.int(),
  /** Whom notes of others name, and when one did last; absent: nobody. */
  mentioned: z.optional(z.array(z.object({ memberId: serverId, at: timestamp }))),
  /** Who of the team was called when the assistant handed it over at once, and when; absent as soon as somebody has answered (B17). */
  paged: z.optional(z.object({ memberIds: z.array(serverId), at: timestamp })),
  /** How the visitor found it, 1 to 5 (J1). */
  rating: z.optional(z.object({ score: z.int(), comment: z.optional(z.string()) })),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** Whether each tab of a visitor has a conversation of its own, or all of them share one (S12). */
export const tabMode = z.enum(['isolated', 'shared'])
