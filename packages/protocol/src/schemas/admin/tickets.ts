import * as z from 'zod/mini'
import { priority, serverId, timestamp } from '../entities.js'
import { integerInQuery, limitInQuery } from '../query.js'
import { lineOf, wordsOf } from '../text.js'

/** Where a ticket stands. */
export const ticketStatus = z.enum(['open', 'pending', 'solved', 'closed'])

/** Somebody of the team, as a ticket names them. */
const person = z.object({ id: serverId, name: z.string() })

/** Something that a team has to do for a visitor, which outlives the conversation. */
export const ticket = z.object({
  id: serverId,
  /** Counts within the organization from 1, without holes (D1). */
  number: z.int().check(z.positive()),
  /** Null: erased with its visitor (D3). */
  title: z.nullable(z.string()),
  description: z.string(),
  status: ticketStatus,
  priority,
  assignee: z.nullable(person),
  /** Null: it was made without one, or the conversation is no more. */
  conversationId: z.nullable(serverId),
  visitorName: z.nullable(z.string()),
  /** Null: they are gone, or it made itself. */
  createdBy: z.nullable(person),
  /** Who made it: a member, or an assistant that knew no more. */
  source: z.enum(['manual', 'escalation']),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** Null: not solved. */
  solvedAt: z.nullable(timestamp),
})

/** Query of `GET /api/chat-widget/tickets`. */
export const listTicketsQuery = z.strictObject({
  status: z.optional(ticketStatus),
  /** `none`: nobody's. */
  assigneeId: z.optional(z.union([serverId, z.literal('none')])),
  conversationId: z.optional(serverId),
  /** A number, or words of the title. */
  q: z.optional(z.string().check(z.maxLength(100))),
  limit: z.optional(limitInQuery),
  /** From the page before. */
  cursor: z.optional(integerInQuery),
})

/** Answer of `GET /api/chat-widget/tickets`: the newest first. */
export const listTicketsResponse = z.object({ tickets: z.array(ticket), nextCursor: z.nullable(z.string()) })

/** Answers of what makes, reads or changes one. */
export const oneTicketResponse = z.object({ ticket })

const title = lineOf(200)
const description = wordsOf(5000)

/** `POST /api/chat-widget/tickets`. The same `id` again is the same ticket. */
export const createTicketRequest = z.strictObject({
  id: serverId,
  title,
  description: z.optional(description),
  priority: z.optional(priority),
  assigneeId: z.optional(z.nullable(serverId)),
  conversationId: z.optional(z.nullable(serverId)),
})

/** `PATCH /api/chat-widget/tickets/:id`: what is absent stays. */
export const updateTicketRequest = z.strictObject({
  title: z.optional(title),
  description: z.optional(description),
  status: z.optional(ticketStatus),
  priority: z.optional(priority),
  assigneeId: z.optional(z.nullable(serverId)),
})
