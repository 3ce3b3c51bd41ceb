import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { clientId, priority, seq, serverId, timestamp } from './entities.js'
import { integerInQuery } from './query.js'
import { messageText } from './text.js'

/** Names the widget; absent: the only one that the server has. */
const widgetKey = z.optional(z.string().check(z.minLength(1), z.maxLength(64)))

/** A conversation's status in the words of `/api/support/chat`; see docs/seed-map.md. */
export const supportStatus = z.enum(['WAITING', 'ACTIVE', 'ENDED'])

/** A conversation in the words of `/api/support/chat`. */
export const supportSession = z.object({
  id: serverId,
  status: supportStatus,
  /** The user's id at the site; null: nobody has proved who it is. */
  userId: z.nullable(z.string()),
  userName: z.string(),
  /** The member in charge. */
  agentId: z.nullable(serverId),
  agentName: z.nullable(z.string()),
  /** The team's alone (C18): a user is not told. */
  priority: z.optional(priority),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** A message in the words of `/api/support/chat`. */
export const supportMessage = z.object({
  id: serverId,
  sessionId: serverId,
  seq,
  /** A user's id at the site, else the visitor's; a member's; `AI_ASSISTANT`; null: the system. */
  senderId: z.nullable(z.string()),
  senderName: z.nullable(z.string()),
  senderType: z.enum(['user', 'agent', 'ai', 'system']),
  content: z.string(),
  /** By the other side. */
  isRead: z.boolean(),
  createdAt: timestamp,
})

/** Query of what a user asks for. */
export const supportUserQuery = z.object({ widgetKey })

/** `POST /api/support/chat/sessions/user`. */
export const startSupportSessionRequest = z.object({ widgetKey })

/** Its answer: 201 for a new one, 200 for the one that goes on. */
export const supportSessionResponse = z.object({ session: supportSession })

/** Answer of `GET …/sessions/active`. */
export const activeSupportSessionResponse = z.object({ session: z.nullable(supportSession) })

/** Query of `GET …/sessions` and `GET …/queue`. */
export const listSupportSessionsQuery = z.object({
  limit: z.optional(z.pipe(integerInQuery, z.int().check(z.minimum(1), z.maximum(LIMITS.inboxPage)))),
  cursor: z.optional(z.string().check(z.maxLength(64))),
})

/** Answer of `GET …/sessions`, what changed last first, and of `GET …/queue`, who waits longest first. */
export const listSupportSessionsResponse = z.object({
  sessions: z.array(supportSession),
  nextCursor: z.nullable(z.string()),
})

/** Query of `GET …/sessions/:id`: messages below this `seq`. */
export const supportSessionQuery = z.object({
  widgetKey,
  before: z.optional(integerInQuery),
  limit: z.optional(z.pipe(integerInQuery, z.int().check(z.minimum(1), z.maximum(LIMITS.historyPage)))),
})

/** Answer of `GET …/sessions/:id`: its messages ascend, the newest of them without `before`. */
export const readSupportSessionResponse = z.object({
  session: supportSession,
  messages: z.array(supportMessage),
  /** Whether there are none before these. */
  reachedStart: z.boolean(),
})

/** `POST …/sessions/:id/assign`: to whom; absent: to oneself. */
export const assignSupportSessionRequest = z.object({ agentId: z.optional(serverId) })

/** `POST …/sessions/:id/messages`. */
export const sendSupportMessageRequest = z.object({
  content: messageText,
  /** The same one again is the same message; absent: each call is a message. */
  clientMessageId: z.optional(clientId),
})

/** Its answer: 201, or 200 for one that was there. */
export const supportMessageResponse = z.object({ message: supportMessage })
