import { type Kysely, sql } from 'kysely'
import { visitorName } from '../conversations/index.js'
import type { Tables } from '../database/index.js'

/** Who a conversation is with, as agents read it. */
export async function nameOfVisitor(
  query: Kysely<Tables>,
  { organizationId, conversationId }: { organizationId: string; conversationId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select v.id, coalesce(v.name, s.traits ->> 'name') as name from conversations k
    join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
    join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(query)
  return rows[0] ? visitorName(rows[0]) : 'A visitor'
}
