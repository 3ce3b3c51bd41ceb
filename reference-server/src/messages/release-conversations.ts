import type { Author } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import { type ChangeBody, changeOf } from './log-event.js'

interface Released {
  id: string
  head: number
  /** Absent: it was over, and nothing changes for its visitor. */
  event_id: string | null
  author: Author
}

/**
 * Takes an agent who goes, or may not answer any more, out of their conversations: those that were theirs wait for the next
 * agent, and their logs say so (C8); those that are over wait when they are reopened. In the transaction that takes the agent
 * away, so that neither stands without the other; what it answers with is told once that has committed. Nobody in particular
 * says it: for visitors, who took an agent away is nobody's business.
 */
export async function releaseConversations(
  transaction: Transaction<Tables>,
  { organizationId, agentId }: { organizationId: string; agentId: string },
  at: Date,
): Promise<Change[]> {
  // By id: whoever else takes several conversations does so in the same order.
  const { rows } = await sql<Released>`
    with held as (
      select k.organization_id, k.id, k.status = 'assigned' as waits,
        jsonb_build_object('kind', 'system', 'id', w.id, 'name', w.name) as author
      from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
      where k.organization_id = ${organizationId}::uuid and k.agent_id = ${agentId}::uuid
      order by k.id for update of k
    ), updated as (
      update conversations k set agent_id = null, version = k.version + 1, head_seq = k.head_seq + held.waits::int,
        status = case when held.waits then 'waiting' else k.status end,
        updated_at = case when held.waits then greatest(k.updated_at, ${at}::timestamptz) else k.updated_at end,
        listed_at = case when held.waits
          then greatest(k.listed_at, date_trunc('minute', ${at}::timestamptz)) else k.listed_at end
      from held where k.organization_id = held.organization_id and k.id = held.id
      returning k.organization_id, k.id, k.head_seq, held.waits, held.author
    ), inserted as (
      insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
      select u.organization_id, u.id, u.head_seq, uuid_v7(${at}::timestamptz), 'conversation.changed',
        (u.author ->> 'id')::uuid, jsonb_build_object('author', u.author, 'status', 'waiting', 'agent', null),
        ${at}::timestamptz
      from updated u where u.waits
      returning conversation_id, id
    )
    select u.id, u.head_seq as head, i.id as event_id, u.author
    from updated u left join inserted i on i.conversation_id = u.id`.execute(transaction)
  return rows.map(({ id: conversationId, head, event_id: id, author }) => {
    const body: ChangeBody = { author, status: 'waiting', agent: null }
    const facts = { conversationId, seq: head, createdAt: at.toISOString() }
    return {
      organizationId,
      conversationId,
      headSeq: head,
      events: id === null ? [] : [changeOf({ ...facts, id }, body)],
    }
  })
}
