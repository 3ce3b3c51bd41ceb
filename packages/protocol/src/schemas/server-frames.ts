import * as z from 'zod/mini'
import { ERROR_CODES, type ErrorCode } from '../error-codes.js'
import {
  author,
  conversationChanged,
  conversationSummary,
  conversationSync,
  logEvent,
  messageCreated,
  seq,
  serverId,
  teamPresence,
  viewer,
  visitorPresence,
} from './entities.js'

/** A code of the closed table. The browser's guard lets every text pass here: a client reads an unknown code as `INTERNAL` (E1). */
export const errorCode = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])

/** An error as it travels. */
export const wireError = z.object({
  code: errorCode,
  message: z.string(),
  field: z.optional(z.string()),
  retryAfterMs: z.optional(z.int()),
  requestId: z.optional(z.string()),
})

/** Answers `session.start`: the connection is authorised, and its conversations are up to date (S1, R1). */
export const sessionReady = z.object({
  type: z.literal('session.ready'),
  commandId: z.string(),
  sessionId: serverId,
  protocolVersion: z.int(),
  /** Who the server takes this client for. */
  self: author,
  /** A frame comes at least this often; a silence of 1.5 times as much means a dead link (S5). */
  heartbeatMs: z.int(),
  conversations: z.array(conversationSync),
  /** Visitors: how it stands as of now (P3). */
  team: z.optional(teamPresence),
  /** Visitors: of the widget's settings, as of now (G1). */
  widgetVersion: z.optional(z.string()),
})

/** The server ends this session and closes; `error.retryable` codes invite a new attempt (S6). */
export const sessionEnded = z.object({ type: z.literal('session.ended'), error: wireError })

/** Answers `conversation.watch`. */
export const conversationSynced = z.object({
  type: z.literal('conversation.synced'),
  commandId: z.string(),
  sync: conversationSync,
  /** The visitor's, as of now (P2). */
  presence: visitorPresence,
})

/** Answers `history.load`; `events` ascend by `seq`. */
export const historyPage = z.object({
  type: z.literal('history.page'),
  commandId: z.string(),
  conversationId: serverId,
  events: z.array(logEvent),
  /** Nothing older than the first event. */
  reachedStart: z.boolean(),
  headSeq: seq,
})

/** Answers `inbox.load`. */
export const inboxPage = z.object({
  type: z.literal('inbox.page'),
  commandId: z.string(),
  conversations: z.array(conversationSummary),
  nextCursor: z.nullable(z.string()),
})

/** A row of the inbox is new or has changed; volatile (I1). */
export const inboxChanged = z.object({ type: z.literal('inbox.changed'), conversation: conversationSummary })

/** A conversation of the inbox is there no more; volatile (I2). */
export const inboxRemoved = z.object({ type: z.literal('inbox.removed'), conversationId: serverId })

/** A read mark moved; volatile, monotone (H2). */
export const messageRead = z.object({
  type: z.literal('message.read'),
  conversationId: serverId,
  reader: z.enum(['visitor', 'team']),
  upToSeq: seq,
})

/** Somebody types, or has stopped; volatile, ends by itself after `TYPING_TTL_MS` (Y1). */
export const typingChanged = z.object({
  type: z.literal('typing.changed'),
  conversationId: serverId,
  author,
  active: z.boolean(),
  /** To visitors, of the assistant: all that it has written by now, without marks; the message that follows replaces it (B7). */
  draft: z.optional(z.string()),
})

/** Agents: the visitor of a watched conversation has come, gone, or turned away or back; volatile (P2). */
export const visitorPresenceChanged = z.object({
  type: z.literal('visitor.presence'),
  conversationId: serverId,
  presence: visitorPresence,
})

/** Agents: which colleagues watch a conversation that is watched; volatile (C21). */
export const conversationViewers = z.object({
  type: z.literal('conversation.viewers'),
  conversationId: serverId,
  viewers: z.array(viewer),
})

/** Visitors: somebody of the team has come or gone; volatile (P3). */
export const teamPresenceChanged = z.object({ type: z.literal('team.presence'), team: teamPresence })

/** Visitors: the owner of the widget has changed what it shows; volatile (G1). */
export const widgetChanged = z.object({ type: z.literal('widget.changed'), widgetVersion: z.string() })

/** A sign of life with the head of every subscribed log, so that even a lost last frame is noticed (S5, Q5). */
export const heartbeat = z.object({ type: z.literal('heartbeat'), heads: z.record(z.string(), seq) })

/** Answers a command that has no reply frame of its own, and refuses any (F4). */
export const ack = z.discriminatedUnion('ok', [
  z.object({
    type: z.literal('ack'),
    commandId: z.string(),
    ok: z.literal(true),
    /** The conversation that `conversation.start` made or found. */
    conversationId: z.optional(serverId),
    /** Where `message.send` stands in the log. */
    seq: z.optional(seq),
  }),
  z.object({ type: z.literal('ack'), commandId: z.string(), ok: z.literal(false), error: wireError }),
])

/** Everything a server may send. Log events travel as they are stored. */
export const serverFrame = z.discriminatedUnion('type', [
  sessionReady,
  sessionEnded,
  messageCreated,
  conversationChanged,
  conversationSynced,
  historyPage,
  inboxPage,
  inboxChanged,
  inboxRemoved,
  messageRead,
  typingChanged,
  visitorPresenceChanged,
  conversationViewers,
  teamPresenceChanged,
  widgetChanged,
  heartbeat,
  ack,
])
