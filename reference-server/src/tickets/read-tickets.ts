import { ChatError, type Ticket, type TicketStatus } from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { priorityOf, visitorName } from '../conversations/index.js'
import type { Tables } from '../database/index.js'

interface Row {
  id: string
  number: number
  title: string | null
  description: string
  status: TicketStatus
  priority: number
  assignee: Ticket['assignee']
  conversation_id: string | null
  visitor_id: string | null
  visitor_name: string | null
  creator: Ticket['createdBy']
  source: Ticket['source']
  created_at: Date
  updated_at: Date
  solved_at: Date | null
}

/** Which of an organization's tickets; what is absent leaves out none. */
export interface TicketFilter {
  status?: TicketStatus | undefined
  /** `none`: nobody's. */
  assigneeId?: string | undefined
  conversationId?: string | undefined
  /** A number, or words of the title. */
  q?: string | undefined
}

/** Digits that are a ticket's number, perhaps with the sign that people write before it. */
const NUMBER = /^#?(\d{1,9})$/

/** A page of an organization's tickets, the newest first; `cursor` is the number of the last one of the page before. */
export async function listTickets(
  query: Kysely<Tables>,
  input: TicketFilter & { organizationId: string; limit: number; cursor?: number | undefined },
): Promise<{ tickets: Ticket[]; nextCursor: string | null }> {
  const { organizationId, status, assigneeId, conversationId, q = '', limit, cursor } = input
  const words = q.trim()
  const number = NUMBER.exec(words)?.[1]
  const conditions = [
    ...(status === undefined ? [] : [sql`t.status = ${status}`]),
    ...(assigneeId === undefined ? [] : [assigneeIs(assigneeId)]),
    ...(conversationId === undefined ? [] : [sql`t.conversation_id = ${conversationId}::uuid`]),
    ...(words === '' || number ? [] : [sql`t.title ilike ${`%${words.replace(/[\\%_]/g, '\\$&')}%`}`]),
    ...(number ? [sql`t.number = ${Number(number)}::int`] : []),
    ...(cursor === undefined ? [] : [sql`t.number < ${cursor}::int`]),
  ]
  const rows = await readTickets(query, organizationId, conditions, limit + 1)
  const page = rows.slice(0, limit)
  return { tickets: page, nextCursor: rows.length > limit ? String(page.at(-1)?.number) : null }
}

/** One ticket; throws `NOT_FOUND`. */
export async function loadTicket(
  query: Kysely<Tables>,
  { organizationId, ticketId }: { organizationId: string; ticketId: string },
): Promise<Ticket> {
  const [ticket] = await readTickets(query, organizationId, [sql`t.id = ${ticketId}::uuid`], 1)
  if (!ticket) throw new ChatError('NOT_FOUND', 'No such ticket.')
  return ticket
}

function assigneeIs(assigneeId: string): RawBuilder<unknown> {
  return assigneeId === 'none' ? sql`t.assignee_id is null` : sql`t.assignee_id = ${assigneeId}::uuid`
}

async function readTickets(
  query: Kysely<Tables>,
  organizationId: string,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<Ticket[]> {
  const all = sql.join([sql`t.organization_id = ${organizationId}::uuid`, ...conditions], sql` and `)
  const { rows } = await sql<Row>`
    select t.*, v.id as visitor_id, coalesce(v.name, s.traits ->> 'name') as visitor_name,
      case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end as assignee,
      case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as creator
    from tickets t
    left join members a on a.organization_id = t.organization_id and a.id = t.assignee_id
    left join members c on c.organization_id = t.organization_id and c.id = t.created_by
    left join conversations k on k.organization_id = t.organization_id and k.id = t.conversation_id
    left join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
    left join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    where ${all} order by t.number desc limit ${limit}::int`.execute(query)
  return rows.map(ticketOf)
}

function ticketOf(row: Row): Ticket {
  const { visitor_id: visitorId, visitor_name: name } = row
  return {
    ...{ id: row.id, number: row.number, title: row.title, description: row.description, status: row.status },
    ...{ priority: priorityOf(row.priority), assignee: row.assignee, conversationId: row.conversation_id },
    visitorName: visitorId === null ? null : visitorName({ id: visitorId, name }),
    createdBy: row.creator,
    source: row.source,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    solvedAt: row.solved_at?.toISOString() ?? null,
  }
}
