import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'

/** What a session may read of its visitor (C11). */
export interface VisitorScope {
  sessionIds: string[]
  conversationIds: string[]
}

/** Sessions, those that went before a sign-in with them, and what was said in them. */
export async function scopeOf(
  query: Kysely<Tables>,
  { organizationId, sessionId }: VisitorActor,
): Promise<VisitorScope> {
  const { rows } = await sql<{ sessions: string[] | null; conversations: string[] | null }>`
    with own as (
      select o.id from visitor_sessions s join visitor_sessions o on o.organization_id = s.organization_id and (o.id = s.id
        or (o.visitor_id = s.visitor_id and o.widget_id = s.widget_id and (s.shared or s.login_id is not null)))
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
    ), theirs as (
      select id from own union
      select b.id from visitor_sessions b join own on b.successor_id = own.id where b.organization_id = ${organizationId}::uuid
    )
    select (select array_agg(id order by id) from theirs) as sessions, (
      select array_agg(k.id order by k.id) from conversations k join theirs on k.session_id = theirs.id
      where k.organization_id = ${organizationId}::uuid
    ) as conversations`.execute(query)
  const { sessions, conversations } = rows[0] ?? {}
  return { sessionIds: sessions ?? [], conversationIds: conversations ?? [] }
}
