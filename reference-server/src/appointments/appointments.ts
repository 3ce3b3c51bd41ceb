import type { Appointment } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'

/** A page of an organization's appointments: those that were asked for last come first. */
export async function listAppointments(
  query: Kysely<Tables>,
  input: { organizationId: string; limit: number; cursor?: string | undefined },
): Promise<{ appointments: Appointment[]; nextCursor: string | null }> {
  const { organizationId, limit, cursor } = input
  const rows = await query
    .selectFrom('appointments')
    .select(['id', 'widget_id', 'conversation_id', 'lead_id', 'name', 'email', 'phone', 'subject', 'preferred_time'])
    .select(['time_zone', 'status', 'notes', 'created_at', 'updated_at'])
    .select(sql<string>`preferred_date::text`.as('preferred_date'))
    .where('organization_id', '=', organizationId)
    .$if(cursor !== undefined, (rest) => rest.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const appointments = rows.slice(0, limit).map((row) => ({
    ...{ id: row.id, widgetId: row.widget_id, conversationId: row.conversation_id, leadId: row.lead_id },
    ...{ name: row.name, email: row.email, phone: row.phone, subject: row.subject, notes: row.notes },
    ...{ preferredDate: row.preferred_date, preferredTime: row.preferred_time, timeZone: row.time_zone },
    status: row.status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }))
  return { appointments, nextCursor: rows.length > limit ? (appointments.at(-1)?.id ?? null) : null }
}
