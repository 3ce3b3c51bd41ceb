import { type Author, ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'
import { type ChangeBody, changeOf } from './log-event.js'

/** The wish to end a conversation (C4). */
export interface EndRequest {
  /** Id of the future event. */
  id: string
  organizationId: string
  conversationId: string
  author: Author & { id: string }
  /** Visitors: the session that must own the conversation. Null: any conversation of the organization. */
  ownerSessionId: string | null
}

/** Sets `resolved` with an event that says so; a resolved conversation stays as it is, and that is success. */
export async function endConversation(
  database: Database,
  request: EndRequest,
  at: Date,
): Promise<{ outcome: Settled<void>; change?: Change }> {
  const { id, organizationId, conversationId, author, ownerSessionId } = request
  const { rows } = await sql<{ status: string; head: number; seq: number | null; body: ChangeBody | null }>`
    with held as (
      select k.*, g.name as agent_name from conversations k
      left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid and k.status <> 'resolved'
        and (${ownerSessionId}::uuid is null or k.session_id = ${ownerSessionId}::uuid)
      for update of k skip locked
    ), updated as (
      update conversations k set status = 'resolved', head_seq = k.head_seq + 1, version = k.version + 1,
        waiting_since = null, updated_at = greatest(k.updated_at, ${at}::timestamptz),
        listed_at = greatest(k.listed_at, date_trunc('minute', ${at}::timestamptz))
      from held where k.organization_id = held.organization_id and k.id = held.id
      returning k.organization_id, k.id, k.head_seq
    ), inserted as (
      insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
      select u.organization_id, u.id, u.head_seq, ${id}::uuid, 'conversation.changed', ${author.id}::uuid,
        jsonb_build_object('author', ${JSON.stringify(author)}::jsonb, 'status', 'resolved', 'agent',
          case when h.agent_id is not null
            then jsonb_build_object('kind', 'agent', 'id', h.agent_id, 'name', h.agent_name) end),
        ${at}::timestamptz
      from updated u join held h on h.id = u.id
      returning seq, body
    )
    select k.status, k.head_seq as head, i.seq, i.body from conversations k left join inserted i on true
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      and (${ownerSessionId}::uuid is null or k.session_id = ${ownerSessionId}::uuid)`.execute(
    database.of(organizationId),
  )

  const [row] = rows
  if (!row) return { outcome: { status: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') } }
  if (row.seq === null || row.body === null) {
    if (row.status !== 'resolved') return { outcome: { status: 'busy' } }
    // As with a repeated message: nobody may have been told of the end that stands.
    const hint = { organizationId, conversationId, events: [], headSeq: row.head }
    return { outcome: { status: 'done', result: undefined }, change: hint }
  }
  const event = changeOf({ conversationId, seq: row.seq, id, createdAt: at.toISOString() }, row.body)
  return {
    outcome: { status: 'done', result: undefined },
    change: { organizationId, conversationId, events: [event], headSeq: row.seq },
  }
}
