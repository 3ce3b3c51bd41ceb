import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { TicketLine } from '../provider/answer-provider.js'
import type { Which } from './load-turn.js'

/** Tickets that a model is told of. */
const MOST_TICKETS = 3

/**
 * The newest tickets of a conversation's visitor, the newest first (B15): of the conversations that its session reaches, so that
 * nobody's go to whoever sits at the same browser. What the team keeps to itself, notes, descriptions and who works on them, is not read.
 */
export async function loadRecentTickets(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
): Promise<TicketLine[]> {
  const { rows } = await sql<TicketLine>`
    select t.number, t.title, t.status, to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD') as opened,
      to_char(t.solved_at at time zone 'UTC', 'YYYY-MM-DD') as solved
    from conversations c
    join visitor_sessions s on s.organization_id = c.organization_id and s.id = c.session_id
    join visitor_sessions o on o.organization_id = s.organization_id and (o.id = s.id
      or (o.visitor_id = s.visitor_id and (s.login_id is not null or (s.shared and o.shared))))
    join conversations k on k.organization_id = o.organization_id and k.session_id = o.id
    join tickets t on t.organization_id = k.organization_id and t.conversation_id = k.id
    where c.organization_id = ${organizationId}::uuid and c.id = ${conversationId}::uuid
    order by t.number desc limit ${MOST_TICKETS}::int`.execute(query)
  return rows
}
