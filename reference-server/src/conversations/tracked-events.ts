import type { ConversationVisitor, TrackedEvent } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import type { ConversationsContext } from './conversations.js'

/** Events that are kept of a session (K1). */
const KEPT = 100

/** Keeps what a visitor did on the site, the last of it (K1). */
export async function trackEvents(
  { database, clock, generateId }: ConversationsContext,
  { organizationId, sessionId }: VisitorActor,
  events: readonly TrackedEvent[],
): Promise<void> {
  const at = { organization_id: organizationId, session_id: sessionId, created_at: clock() }
  await database.transaction(organizationId, async (transaction) => {
    await transaction
      .insertInto('visitor_events')
      .values(events.map((event) => ({ ...at, id: generateId(), body: JSON.stringify(event) })))
      .execute()
    await sql`
      delete from visitor_events where organization_id = ${organizationId}::uuid and session_id = ${sessionId}::uuid
        and id <= (select id from visitor_events
          where organization_id = ${organizationId}::uuid and session_id = ${sessionId}::uuid
          order by id desc offset ${KEPT} limit 1)`.execute(transaction)
  })
}

/** The last of what a visitor did, oldest first. */
export async function recentEvents(
  query: Kysely<Tables>,
  organizationId: string,
  sessionId: string,
): Promise<ConversationVisitor['events']> {
  const rows = await query
    .selectFrom('visitor_events')
    .select(['body', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('session_id', '=', sessionId)
    .orderBy('id', 'desc')
    .limit(KEPT)
    .execute()
  return rows.reverse().map(({ body, created_at }) => {
    const at = created_at.toISOString()
    return 'page' in body
      ? { at, name: null, page: body.page }
      : { at, name: body.name ?? null, properties: body.properties }
  })
}
