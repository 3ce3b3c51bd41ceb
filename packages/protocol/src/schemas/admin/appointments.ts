import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { limitInQuery } from '../query.js'

/** Where an appointment stands. */
export const appointmentStatus = z.enum(['requested', 'confirmed', 'cancelled', 'completed', 'missed'])

/** Query of `GET /api/chat-widget/appointments`. */
export const listAppointmentsQuery = z.strictObject({ limit: z.optional(limitInQuery), cursor: z.optional(serverId) })

/** What a visitor has asked for in a conversation. */
export const appointment = z.object({
  id: serverId,
  widgetId: serverId,
  conversationId: serverId,
  leadId: z.nullable(serverId),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  subject: z.string(),
  /** In `timeZone`. */
  preferredDate: z.iso.date(),
  /** `14:30`, in `timeZone`; null: any. */
  preferredTime: z.nullable(z.string()),
  timeZone: z.string(),
  status: appointmentStatus,
  notes: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
})

/** Answer of `GET /api/chat-widget/appointments`: those that were asked for last come first. */
export const listAppointmentsResponse = z.object({
  appointments: z.array(appointment),
  nextCursor: z.nullable(z.string()),
})
