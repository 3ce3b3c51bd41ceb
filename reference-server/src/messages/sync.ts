import { type Author, ChatError, type ConversationStatus, type ConversationSync, LIMITS } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import { eventsOf, isInScope, type LogScope } from './history.js'
import { type EventRow, eventOf } from './log-event.js'

/** How far the reader says it has got; `eventId` proves that it is the same log. */
export interface SyncRequest extends LogScope {
  cursor?: { seq: number; eventId: string } | undefined
}

interface Row {
  status: ConversationStatus
  agent: Author | null
  head: number
  visitor: number
  team: number
  resumed: boolean
  events: EventRow[]
}

/** Brings a reader up to date (R1 to R4), in one statement and so in one snapshot. */
export async function syncConversation(database: Database, request: SyncRequest): Promise<ConversationSync> {
  const { conversationId, cursor } = request
  const missed = eventsOf(sql<boolean>`e.seq > c.seq`, 'oldest', sql<number>`${LIMITS.replayWindow}::int`)
  const newest = eventsOf(sql<boolean>`true`, 'newest', sql<number>`${LIMITS.freshWindow}::int`)
  const { rows } = await sql<Row>`
    select k.status, k.head_seq as head, k.visitor_read_seq as visitor, k.team_read_seq as team,
      case when k.agent_id is not null then json_build_object('kind', 'agent', 'id', g.id, 'name', g.name) end as agent,
      c.seq is not null as resumed,
      case when c.seq is not null then ${missed} else ${newest} end as events
    from conversations k
    left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
    left join events c on c.organization_id = k.organization_id and c.conversation_id = k.id
      and c.seq = ${cursor?.seq ?? null}::bigint and c.id = ${cursor?.eventId ?? null}::uuid
      and k.head_seq - c.seq <= ${LIMITS.replayWindow}::int
    where ${isInScope(request)}`.execute(database.of(request.organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const first = row.events[0]?.seq ?? row.head + 1
  return {
    conversationId,
    status: row.status,
    agent: row.agent,
    recovery: row.resumed ? 'resumed' : cursor ? 'gap' : 'fresh',
    headSeq: row.head,
    events: row.events.map(eventOf),
    reachedStart: first <= 1,
    reads: { visitor: row.visitor, team: row.team },
  }
}
