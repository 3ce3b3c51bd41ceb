import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { author, clientId, conversationStatus, messageCreated, seq, serverId, timestamp } from './entities.js'
import { submittedParts } from './message-parts.js'
import { integerInQuery } from './query.js'
import { wireError } from './server-frames.js'
import { messageText } from './text.js'
import { visitorTraits } from './visitor-facts.js'
import { webUrl } from './web-url.js'
import { widgetSettings } from './widget-settings.js'

/** Body of every REST failure (E3). */
export const errorBody = z.object({ error: wireError })

/** An address that helps and proves nothing: one that cannot be kept is left out, and the visitor gets in. */
const courtesy = z.catch(z.optional(webUrl), undefined)

const said = (length: number) => z.string().check(z.minLength(1), z.maxLength(length))

/** Proof of who the visitor is at the site (S13): a JWT, or an id with its HMAC. Only a JWT proves name and e-mail as well. */
export const visitorUser = z.union([
  z.object({ token: z.string().check(z.maxLength(8192)) }),
  z.object({
    id: said(256),
    /** HMAC-SHA256 of `v1|<widget id>|<id>`, in lower-case hexadecimal. */
    hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    name: z.optional(said(100)),
    email: z.optional(said(254)),
  }),
])

/** `POST /api/widget/init`: opens or resumes a visitor's session on one widget, origin and tab (S4), or all tabs (S12). */
export const initRequest = z.object({
  widgetKey: z.string().check(z.minLength(1), z.maxLength(64)),
  tabId: z.optional(clientId),
  /** From an earlier answer: the same visitor comes back. An unknown one is ignored, a new one is issued. */
  visitorToken: z.optional(z.string().check(z.maxLength(256))),
  /** From an earlier answer: the same tab comes back. An unknown or foreign one is ignored. */
  token: z.optional(z.string().check(z.maxLength(256))),
  page: z.optional(z.object({ url: courtesy, referrer: courtesy })),
  /** Of the widget's code, for its owner's eyes. One that cannot be kept is left out. */
  version: z.catch(z.optional(z.string().check(z.maxLength(32))), undefined),
  /** What a browser looks like, hashed by the client. Stored as a hint, never looked up (S9). */
  deviceHint: z.optional(clientId),
  /** Absent: nobody is signed in at the site. */
  user: z.optional(visitorUser),
  traits: z.optional(visitorTraits),
})

/** Answer of `POST /api/widget/init`. */
export const initResponse = z.object({
  /** Bearer token of this session: REST, and `session.start`. */
  token: z.string(),
  /** Bearer token that posts messages for this session and opens nothing: another tab may deliver what this one leaves unsent. */
  sendToken: z.string(),
  /** When the token ends. It is exchanged for the next one by `init`, for 30 days. */
  expiresAt: timestamp,
  /**
   * Proves the same visitor in a later session. Kept in a first-party cookie. Null when the session was resumed without it: the
   * server knows its hash alone, and makes no other one, which would end what other tabs hold.
   */
  visitorToken: z.nullable(z.string()),
  /** How the client keeps it: the server says set-cookie, the page's own script does it (S10). */
  cookie: z.object({ maxAgeDays: z.int().check(z.positive()) }),
  visitorId: serverId,
  /** The token was that of a verified user who is not there any more: what a page has kept for them is nobody else's. */
  forget: z.optional(z.boolean()),
  sessionId: serverId,
  /** The conversation of this session, when there is one. */
  conversationId: z.nullable(serverId),
  widget: widgetSettings,
})

/** A conversation as its visitor sees it. */
export const conversation = z.object({
  id: serverId,
  status: conversationStatus,
  agent: z.nullable(author),
  headSeq: seq,
  createdAt: timestamp,
})

/** `POST /api/widget/conversations`. Without `clientConversationId` and `after` (C9) each call makes a new one. */
export const createConversationRequest = z.object({
  clientConversationId: z.optional(clientId),
  after: z.optional(serverId),
})

/** Answer of `POST /api/widget/conversations`. */
export const createConversationResponse = z.object({ conversation })

/** `POST /api/widget/conversations/:id/messages`: `text`, or `parts`. */
export const sendMessageRequest = z.union([
  z.object({ clientMessageId: clientId, parts: submittedParts }),
  z.pipe(
    z.object({ clientMessageId: clientId, text: messageText }),
    z.transform(({ clientMessageId, text }) => ({ clientMessageId, parts: [{ type: 'text' as const, text }] })),
  ),
])

/** Answer of `POST …/messages`: 201 when appended now, 200 when it was there already. */
export const sendMessageResponse = z.object({ message: messageCreated, seq })

/** Query of `GET …/messages` (H1). */
export const listMessagesQuery = z
  .object({
    before: z.optional(integerInQuery),
    after: z.optional(integerInQuery),
    limit: z.optional(z.pipe(integerInQuery, z.int().check(z.minimum(1), z.maximum(LIMITS.historyPage)))),
  })
  .check(
    z.refine(({ before, after }) => before === undefined || after === undefined, {
      path: ['before'],
      error: 'not together with after',
    }),
  )

/** Answer of `GET …/messages`; ascending by `seq`. */
export const listMessagesResponse = z.object({
  messages: z.array(messageCreated),
  reachedStart: z.boolean(),
  headSeq: seq,
})
