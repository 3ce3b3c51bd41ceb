import { type Author, type ChatMessage, type MessagePart, textOf } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'
import { messageOf } from './log-event.js'

/** A follow-up that has fallen due (N2). */
export interface FollowUpRequest {
  /** Id of the future event. */
  id: string
  organizationId: string
  conversationId: string
  /** The timer that has run out: when it stands otherwise by now, nothing is said. */
  dueAt: Date
  author: Author & { id: string }
  parts: MessagePart[]
}

/**
 * Says a follow-up if it is still due, and by that ends its timer. Whoever holds the conversation right now has something
 * newer to say, so nothing waits for it; the next sweep looks again. The client message id names the event that is
 * followed: no node and no restart says it twice.
 */
export async function appendFollowUp(
  database: Database,
  request: FollowUpRequest,
  at: Date,
): Promise<{ outcome: Settled<void>; change?: Change }> {
  const { id, organizationId, conversationId, dueAt, author, parts } = request
  const body = { author, parts }
  const { rows } = await sql<{ seq: number; client_message_id: string }>`
    with held as (
      select k.organization_id, k.id from conversations k
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
        and k.follow_up_at = ${dueAt}::timestamptz
      for update skip locked
    ), updated as (
      update conversations k set head_seq = k.head_seq + 1, version = k.version + 1, follow_up_at = null,
        followed_up = true, last_message_author = ${JSON.stringify(author)}::jsonb,
        last_message_text = left(${textOf(parts)}, 200), last_message_at = ${at}::timestamptz,
        updated_at = greatest(k.updated_at, ${at}::timestamptz),
        listed_at = greatest(k.listed_at, date_trunc('minute', ${at}::timestamptz))
      from held where k.organization_id = held.organization_id and k.id = held.id
      returning k.organization_id, k.id, k.head_seq
    )
    insert into events (organization_id, conversation_id, seq, id, type, author_id, client_message_id, body, created_at)
    select u.organization_id, u.id, u.head_seq, ${id}::uuid, 'message.created', ${author.id}::uuid,
      'follow_up:' || (
        select e.id from events e
        where e.organization_id = u.organization_id and e.conversation_id = u.id and e.type = 'message.created'
        order by e.seq desc limit 1),
      ${JSON.stringify(body)}::jsonb, ${at}::timestamptz
    from updated u
    returning seq, client_message_id`.execute(database.of(organizationId))
  const outcome = { status: 'done', result: undefined } as const
  const [row] = rows
  if (!row) return { outcome }
  const facts = { conversationId, seq: row.seq, id, createdAt: at.toISOString() }
  const message: ChatMessage = messageOf(facts, row.client_message_id, body)
  return { outcome, change: { organizationId, conversationId, events: [message], headSeq: row.seq } }
}
