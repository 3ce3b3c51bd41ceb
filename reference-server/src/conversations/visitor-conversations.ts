import type { Author, ConversationStatus, VisitorConversation } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { isReachable } from './live-conversation.js'
import { ratingOf, type StoredRating } from './ratings.js'

/** Rows of the list. */
const MOST = 50
/** Unread messages are counted so far. */
const MOST_UNREAD = 100

interface Row extends StoredRating {
  id: string
  status: ConversationStatus
  agent: Author | null
  live: boolean
  head: number
  unread: number
  last_message_author: Author | null
  last_message_text: string | null
  last_message_at: Date | null
  created_at: Date
  updated_at: Date
}

/** The visitor's own conversations, most recently changed first (C11). */
export async function listVisitorConversations(
  database: Database,
  { organizationId, sessionId }: VisitorActor,
): Promise<VisitorConversation[]> {
  const { rows } = await sql<Row>`
    select k.id, k.status, k.head_seq as head, k.last_message_author, k.last_message_text, k.last_message_at,
      k.rating, k.rating_comment, k.rated_at, k.created_at, k.updated_at,
      k.session_id = s.id and k.id = coalesce((select l.id from conversations l
        where l.organization_id = s.organization_id and l.session_id = s.id and l.id = s.live_conversation_id), (
        select n.id from conversations n where n.organization_id = s.organization_id and n.session_id = s.id
        order by n.id desc limit 1)) as live,
      (select count(*)::int from (select from events e where e.organization_id = k.organization_id
        and e.conversation_id = k.id and e.seq > k.visitor_read_seq and e.type = 'message.created'
        and e.body #>> '{author,kind}' <> 'visitor' limit ${MOST_UNREAD}) as unread) as unread,
      case when k.agent_id is not null then json_build_object('kind', 'agent', 'id', g.id, 'name', g.name) end as agent
    from visitor_sessions s
    join conversations k on ${isReachable}
    left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
    where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
    order by k.updated_at desc, k.id desc limit ${MOST}`.execute(database.of(organizationId))
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    agent: row.agent,
    live: row.live,
    headSeq: row.head,
    unread: row.unread,
    lastMessage:
      row.last_message_author && row.last_message_at
        ? {
            author: row.last_message_author,
            text: row.last_message_text ?? '',
            createdAt: row.last_message_at.toISOString(),
          }
        : null,
    rating: ratingOf(row),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }))
}
