import { ChatError } from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'

/** Which session. */
type OfSession = Pick<VisitorActor, 'organizationId' | 'sessionId'>

/** Conversations `k` that the visitor behind session `s` may see: the session's, and all of the visitor's on the widget where the session is not a tab's alone (C11). */
export const isReachable: RawBuilder<boolean> = sql`(k.organization_id = s.organization_id and (k.session_id = s.id or (
  k.visitor_id = s.visitor_id and k.widget_id = s.widget_id and (s.shared or s.login_id is not null))))`

/** The conversation that a session shows: the one that was opened or started last, else the newest. */
export async function liveConversation(query: Kysely<Tables>, of: OfSession): Promise<string | undefined> {
  return (await shownConversations(query, of, [])).at(-1)
}

/** Of these conversations those of the session, oldest first, and the live one at the end. */
export async function shownConversations(
  query: Kysely<Tables>,
  { organizationId, sessionId }: OfSession,
  named: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with live as (
      select k.id from visitor_sessions s join conversations k on k.organization_id = s.organization_id and k.session_id = s.id
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
      order by k.id is not distinct from s.live_conversation_id desc, k.id desc limit 1
    )
    select k.id from conversations k, live
    where k.organization_id = ${organizationId}::uuid and k.session_id = ${sessionId}::uuid
      and (k.id = live.id or k.id = any (${[...named]}::uuid[]))
    order by k.id = live.id, k.id`.execute(query)
  return rows.map(({ id }) => id)
}

/** From now on the session shows this one. */
export async function setLive(
  query: Kysely<Tables>,
  { organizationId, sessionId }: OfSession,
  id: string,
): Promise<void> {
  await query
    .updateTable('visitor_sessions')
    .set({ live_conversation_id: id })
    .where('organization_id', '=', organizationId)
    .where('id', '=', sessionId)
    .execute()
}

/** Makes an earlier conversation the live one; one of the visitor's other sessions moves into this one (C10). */
export async function openConversation(database: Database, actor: VisitorActor, id: string): Promise<void> {
  const { organizationId, sessionId } = actor
  await database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql`
      update conversations k set session_id = s.id from visitor_sessions s
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid and k.id = ${id}::uuid and ${isReachable}
      returning k.id`.execute(transaction)
    if (rows.length === 0) throw new ChatError('NOT_FOUND', 'No such conversation.')
    await setLive(transaction, actor, id)
  })
}
