import { type Author, ChatError, type Conversation, type ConversationStatus } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { ChangeFeed } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { liveConversation, setLive } from './live-conversation.js'

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
 * session has one live conversation, whatever the tabs that start it call it (C7). One that follows another is started from
 * the live one alone, and once: whoever comes late is given what is live by then (C9).
 */
export async function startConversation(
  { database, changes, clock, generateId }: ConversationsContext,
  actor: VisitorActor,
  input: { clientConversationId?: string | undefined; after?: string | undefined },
): Promise<{ conversationId: string; created: boolean }> {
  const { organizationId } = actor
  const { after } = input
  const id = generateId()
  const now = clock()
  const name = input.clientConversationId ?? id
  const started = await database.transaction(organizationId, async (transaction) => {
    if (after !== undefined) {
      const isBegun = await hasLog(transaction, actor, after)
      const live = await liveConversation(transaction, actor)
      if (!isBegun || live !== after) return live ?? after
    }
    // One that was begun in another widget stays there: that one's would keep this one from being deleted.
    const { rows } = await sql<{ id: string | null; shared: boolean }>`
      with s as (
        select * from visitor_sessions where organization_id = ${organizationId}::uuid and id = ${actor.sessionId}::uuid
      ), started as (
        insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status,
          page_url, form, department_id, created_at, updated_at, listed_at)
        select s.organization_id, ${id}::uuid, s.visitor_id, s.id, s.widget_id,
          case when s.shared and ${after === undefined}::boolean then s.id::text else ${name} end,
          (select case when w.assistant then 'open' else 'waiting' end from widgets w
            where w.organization_id = s.organization_id and w.id = s.widget_id),
          s.page_url, s.form, s.department_id, ${now}::timestamptz, ${now}::timestamptz,
          date_trunc('minute', ${now}::timestamptz)
        from s
        on conflict (visitor_id, client_conversation_id, organization_id) do update set session_id = excluded.session_id
          where conversations.widget_id = excluded.widget_id
        returning id, client_conversation_id = session_id::text as shared
      )
      select started.id, started.shared from s left join started on true`.execute(transaction)
    const [row] = rows
    if (!row) throw new ChatError('UNAUTHENTICATED', 'The session has ended.')
    if (row.id === null)
      throw new ChatError('ID_REUSED', 'This clientConversationId was used in another widget.', {
        field: 'clientConversationId',
      })
    if (row.id === id) await setLive(transaction, actor, id)
    // A repetition comes late, perhaps: it moves nobody.
    else if (row.shared || after !== undefined) return (await liveConversation(transaction, actor)) ?? row.id
    return row.id
  })
  const created = started === id
  if (created) changes.emit({ organizationId, conversationId: id, events: [], headSeq: 0 })
  return { conversationId: started, created }
}

/** Whether anything was said in a conversation of this session, which it holds; throws `NOT_FOUND` for one of another. */
async function hasLog(query: Kysely<Tables>, actor: VisitorActor, conversationId: string): Promise<boolean> {
  await query
    .selectFrom('visitor_sessions')
    .select('id')
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.sessionId)
    .forUpdate()
    .execute()
  const row = await query
    .selectFrom('conversations')
    .select('head_seq')
    .where('organization_id', '=', actor.organizationId)
    .where('session_id', '=', actor.sessionId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  return row.head_seq > 0
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
