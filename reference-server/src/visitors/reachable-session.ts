import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'

/** Whose session. */
export interface OfVisitor {
  organizationId: string
  visitorId: string
  /** Absent: in whichever widget they were seen last. */
  widgetId?: string | undefined
  now: Date
}

/**
 * Where somebody else may begin a conversation with a visitor: of their sessions that stand, the one that was opened last, so
 * that it meets them on the page that they have before them. One in another mode than its widget's (S12) no page can open:
 * it comes last. Undefined: nothing would reach them.
 */
export async function findReachableSession(
  query: Kysely<Tables>,
  { organizationId, visitorId, widgetId, now }: OfVisitor,
): Promise<{ sessionId: string; widgetId: string } | undefined> {
  const { rows } = await sql<{ id: string; widget_id: string }>`
    select s.id, s.widget_id from visitor_sessions s
    join widgets w on w.organization_id = s.organization_id and w.id = s.widget_id
    where s.organization_id = ${organizationId}::uuid and s.visitor_id = ${visitorId}::uuid
      and (${widgetId ?? null}::uuid is null or s.widget_id = ${widgetId ?? null}::uuid)
      and s.expires_at > ${now}::timestamptz and s.signed_out = false and s.successor_id is null
    order by s.shared = (w.settings ->> 'tabs' = 'shared') desc, s.last_seen_at desc, s.id desc limit 1`.execute(query)
  const [row] = rows
  return row && { sessionId: row.id, widgetId: row.widget_id }
}
