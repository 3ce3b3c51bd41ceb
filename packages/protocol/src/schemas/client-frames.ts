import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { clientId, resumeCursor, seq, serverId } from './entities.js'
import { submittedParts } from './message-parts.js'
import { visitorFacts } from './visitor-facts.js'

const command = { commandId: clientId }

/** First frame of every connection (S1). The token is here and never in a URL (S3). */
export const sessionStart = z.object({
  type: z.literal('session.start'),
  ...command,
  protocolVersion: z.int(),
  /** A visitor's session token, or an agent's single-use ticket. */
  token: z.string().check(z.minLength(1), z.maxLength(512)),
  /** Which tab this is (I3); empty for the console. */
  tabId: z.optional(clientId),
  /** Conversations that the client already holds, and how far. */
  cursors: z.array(resumeCursor).check(z.maxLength(50)),
})

/** Starts the visitor's conversation; the same `clientConversationId` gives the same conversation again (C2). */
export const conversationStart = z.object({
  type: z.literal('conversation.start'),
  ...command,
  clientConversationId: clientId,
  /** The one that it follows, if that one is live still (C9). */
  after: z.optional(serverId),
})

/** Visitors: makes an earlier conversation the live one again; answered by a `session.ready` (C10). */
export const conversationOpen = z.object({ type: z.literal('conversation.open'), ...command, conversationId: serverId })

/** Visitors: says something of who they are and what they want; the last word counts (V1). */
export const visitorUpdate = z.object({ type: z.literal('visitor.update'), ...command, facts: visitorFacts })

/** Appends a message; the same `clientMessageId` gives the same answer again (Q3). */
export const messageSend = z.object({
  type: z.literal('message.send'),
  ...command,
  conversationId: serverId,
  clientMessageId: clientId,
  parts: submittedParts,
  /** Agents: the last event that the author was shown when it was written; no content (C19). */
  seenSeq: z.optional(seq),
})

/** Says that its reader has seen everything up to `upToSeq` (H2). */
export const messageMarkRead = z.object({
  type: z.literal('message.markRead'),
  ...command,
  conversationId: serverId,
  upToSeq: seq,
})

/** Asks for a page of the log: the newest `limit` events before `beforeSeq`, or the oldest `limit` after `afterSeq` (H1). */
export const historyLoad = z
  .object({
    type: z.literal('history.load'),
    ...command,
    conversationId: serverId,
    beforeSeq: z.optional(seq),
    afterSeq: z.optional(seq),
    limit: z.int().check(z.minimum(1), z.maximum(LIMITS.historyPage)),
  })
  .check(
    z.refine(({ beforeSeq, afterSeq }) => beforeSeq === undefined || afterSeq === undefined, {
      path: ['beforeSeq'],
      error: 'not together with afterSeq',
    }),
  )

/** Typing, by its author's hand; volatile and unanswered (F4). */
export const typingSet = z.object({ type: z.literal('typing.set'), conversationId: serverId, active: z.boolean() })

/** Visitors: nothing was done here for a while, or something again; volatile and unanswered (N1, F4). */
export const activitySet = z.object({ type: z.literal('activity.set'), active: z.boolean() })

/** Agents: sends this conversation's log from now on, beginning with a `conversation.synced`. */
export const conversationWatch = z.object({
  type: z.literal('conversation.watch'),
  ...command,
  conversationId: serverId,
  cursor: z.optional(z.object({ seq, eventId: serverId })),
})

/** Agents: ends a `conversation.watch`. */
export const conversationUnwatch = z.object({
  type: z.literal('conversation.unwatch'),
  ...command,
  conversationId: serverId,
})

/** Ends a conversation: its status becomes `resolved`. */
export const conversationEnd = z.object({ type: z.literal('conversation.end'), ...command, conversationId: serverId })

/** Agents: subscribes to the inbox and answers with a page of it, most recently changed first (I1). */
export const inboxLoad = z.object({
  type: z.literal('inbox.load'),
  ...command,
  limit: z.int().check(z.minimum(1), z.maximum(LIMITS.inboxPage)),
  /** `nextCursor` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(128))),
})

/** Asks for a heartbeat now (S5). */
export const ping = z.object({ type: z.literal('ping') })

/** Everything a client may send. */
export const clientFrame = z.discriminatedUnion('type', [
  sessionStart,
  conversationStart,
  conversationOpen,
  visitorUpdate,
  messageSend,
  messageMarkRead,
  historyLoad,
  typingSet,
  activitySet,
  conversationWatch,
  conversationUnwatch,
  conversationEnd,
  inboxLoad,
  ping,
])
