import { type Author, ChatError, type Conversation, type ConversationStatus } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { ChangeFeed } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'

/** What the use cases of this folder need. */
export interface ConversationsContext {
  database: Database
  changes: ChangeFeed
  clock: () => Date
  generateId: () => string
}

/**
 * Starts the visitor's conversation, or finds it again under the same id (C2). One that an earlier session of the same
 * visitor has started moves into this session: its client remembers the conversation but has lost the session. A shared
 * session has one conversation, whatever the tabs that start it call it (C7).
 */
export async function startConversation(
  { database, changes, clock, generateId }: ConversationsContext,
  actor: VisitorActor,
  input: { clientConversationId?: string | undefined },
): Promise<{ conversationId: string; created: boolean }> {
  const { organizationId, sessionId } = actor
  const id = generateId()
  const now = clock()
  // One that was begun in another widget stays there: that one's would keep this one from being deleted.
  const { rows } = await sql<{ id: string | null }>`
    with s as (
      select * from visitor_sessions where organization_id = ${organizationId}::uuid and id = ${sessionId}::uuid
    ), started as (
      insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status,
        page_url, created_at, updated_at, listed_at)
      select s.organization_id, ${id}::uuid, s.visitor_id, s.id, s.widget_id,
        case when s.shared then s.id::text else ${input.clientConversationId ?? id} end, 'waiting',
        s.page_url, ${now}::timestamptz, ${now}::timestamptz,
        date_trunc('minute', ${now}::timestamptz)
      from s
      on conflict (visitor_id, client_conversation_id, organization_id) do update set session_id = excluded.session_id
        where conversations.widget_id = excluded.widget_id
      returning id
    )
    select started.id from s left join started on true`.execute(database.of(organizationId))
  const [row] = rows
  if (!row) throw new ChatError('UNAUTHENTICATED', 'The session has ended.')
  if (row.id === null)
    throw new ChatError('ID_REUSED', 'This clientConversationId was used in another widget.', {
      field: 'clientConversationId',
    })
  const created = row.id === id
  if (created) changes.emit({ organizationId, conversationId: id, events: [], headSeq: 0 })
  return { conversationId: row.id, created }
}

/** The conversations of a session, oldest first: at most the newest 50. */
export async function conversationsOfSession(
  database: Database,
  { organizationId, sessionId }: { organizationId: string; sessionId: string },
): Promise<string[]> {
  const rows = await database
    .of(organizationId)
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('session_id', '=', sessionId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ id }) => id).reverse()
}

/** A conversation as its visitor sees it. */
export async function loadConversation(
  database: Database,
  actor: VisitorActor,
  conversationId: string,
): Promise<Conversation> {
  const { rows } = await sql<{ status: ConversationStatus; agent: Author | null; head: number; created_at: Date }>`
    select k.status, k.head_seq as head, k.created_at,
      case when k.agent_id is not null then json_build_object('kind', 'agent', 'id', g.id, 'name', g.name) end as agent
    from conversations k
    left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
    where k.organization_id = ${actor.organizationId}::uuid and k.id = ${conversationId}::uuid
      and k.session_id = ${actor.sessionId}::uuid`.execute(database.of(actor.organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const { status, agent, head, created_at: createdAt } = row
  return { id: conversationId, status, agent, headSeq: head, createdAt: createdAt.toISOString() }
}
