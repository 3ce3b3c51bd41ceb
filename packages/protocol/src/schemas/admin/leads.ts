import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'

/** How far a lead has got. */
export const leadStatus = z.enum(['new', 'contacted', 'qualified', 'converted', 'lost'])

/** Query of `GET /api/chat-widget/leads`. */
export const listLeadsQuery = z.strictObject({ limit: z.optional(limitInQuery), cursor: z.optional(serverId) })

/** Somebody who has left a way to be reached. */
export const lead = z.object({
  id: serverId,
  /** Null: the widget has been deleted, its leads stay. */
  widgetId: z.nullable(serverId),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  source: z.string(),
  pageUrl: z.nullable(z.string()),
  referrer: z.nullable(z.string()),
  utm: z.record(z.string(), z.string()),
  status: leadStatus,
  assignedTo: z.nullable(z.object({ id: serverId, name: z.string() })),
  notes: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** Answer of `GET /api/chat-widget/leads`, newest first. */
export const listLeadsResponse = z.object({ leads: z.array(lead), nextCursor: z.nullable(z.string()) })
