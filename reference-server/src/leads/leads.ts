import type { Lead } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'

/** A page of an organization's leads, newest first. */
export async function listLeads(
  query: Kysely<Tables>,
  input: { organizationId: string; limit: number; cursor?: string | undefined },
): Promise<{ leads: Lead[]; nextCursor: string | null }> {
  const { organizationId, limit, cursor } = input
  const rows = await query
    .selectFrom('leads as l')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'l.organization_id').onRef('m.id', '=', 'l.assigned_to'),
    )
    .selectAll('l')
    .select('m.name as assignee')
    .where('l.organization_id', '=', organizationId)
    .$if(cursor !== undefined, (rest) => rest.where('l.id', '<', cursor ?? ''))
    .orderBy('l.id', 'desc')
    .limit(limit + 1)
    .execute()
  const leads = rows.slice(0, limit).map((row) => ({
    ...{ id: row.id, widgetId: row.widget_id, name: row.name, email: row.email, phone: row.phone, source: row.source },
    ...{ pageUrl: row.page_url, referrer: row.referrer, utm: row.utm, status: row.status, notes: row.notes },
    assignedTo: row.assigned_to === null ? null : { id: row.assigned_to, name: row.assignee ?? '' },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }))
  return { leads, nextCursor: rows.length > limit ? (leads.at(-1)?.id ?? null) : null }
}
