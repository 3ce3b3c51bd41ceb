import { ChatError, type Priority, rankOf, TICKET_MOVES, type Ticket, type TicketStatus } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { isAnswering } from '../organizations/index.js'
import { holdNextNumber, takeNumber } from './next-number.js'
import { loadTicket } from './read-tickets.js'

/** A ticket that is to be made. */
export interface TicketDraft {
  organizationId: string
  /** Of its maker's making: the same again is the same ticket. */
  id: string
  title: string
  description: string
  priority: Priority
  assigneeId: string | null
  conversationId: string | null
  /** Null: a guest, or nobody. */
  createdBy: string | null
  source: Ticket['source']
  now: Date
}

/** Makes a ticket with the next number of its organization, within the transaction of whatever it is made for (D1). */
export async function createTicket(transaction: Transaction<Tables>, draft: TicketDraft): Promise<Ticket> {
  const { organizationId, id, title, description, priority, assigneeId, conversationId, now } = draft
  await requireAssignee(transaction, organizationId, assigneeId)
  if (conversationId !== null) await requireConversation(transaction, organizationId, conversationId)
  // Whoever makes one waits here for whoever made the one before.
  const number = await holdNextNumber(transaction, organizationId)
  const standing = await transaction
    .selectFrom('tickets')
    .select(['title', 'description', 'conversation_id'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!standing) {
    await takeNumber(transaction, organizationId, number)
    await transaction
      .insertInto('tickets')
      .values({
        ...{ organization_id: organizationId, number, id, title, description, status: 'open' },
        ...{ priority: rankOf(priority), assignee_id: assigneeId, conversation_id: conversationId },
        ...{ source: draft.source, created_by: draft.createdBy, created_at: now, updated_at: now, solved_at: null },
      })
      .execute()
  } else if (
    standing.title !== title ||
    standing.description !== description ||
    standing.conversation_id !== conversationId
  )
    throw new ChatError('ID_REUSED', 'This id was used for another ticket.', { field: 'id' })
  return loadTicket(transaction, { organizationId, ticketId: id })
}

/** What is absent stays. */
export interface TicketUpdate {
  title?: string | undefined
  description?: string | undefined
  status?: TicketStatus | undefined
  priority?: Priority | undefined
  /** Null: nobody. */
  assigneeId?: string | null | undefined
}

/** Changes what is given; a status only to one that follows upon it (D2). */
export async function updateTicket(
  transaction: Transaction<Tables>,
  { organizationId, ticketId }: { organizationId: string; ticketId: string },
  { assigneeId, status, priority, ...words }: TicketUpdate,
  now: Date,
): Promise<Ticket> {
  const before = await transaction
    .selectFrom('tickets')
    .select(['status', 'solved_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', ticketId)
    .forUpdate()
    .executeTakeFirst()
  if (!before) throw new ChatError('NOT_FOUND', 'No such ticket.')
  if (assigneeId !== undefined) await requireAssignee(transaction, organizationId, assigneeId)
  const next = status ?? before.status
  if (next !== before.status && !TICKET_MOVES[before.status].includes(next))
    throw new ChatError('VALIDATION_FAILED', `status: a ${before.status} ticket does not become ${next}.`, {
      field: 'status',
    })
  await transaction
    .updateTable('tickets')
    .set({
      ...words,
      status: next,
      solved_at: next === before.status ? before.solved_at : solvedAt(next, before.solved_at, now),
      updated_at: now,
      ...(priority === undefined ? {} : { priority: rankOf(priority) }),
      ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', ticketId)
    .execute()
  return loadTicket(transaction, { organizationId, ticketId })
}

/**
 * Takes the words out of the tickets of these conversations, before those are erased with their visitor: what a team writes
 * down of somebody is mostly about them. Number, status and who worked on it stay (D3).
 */
export async function forgetTicketWords(
  transaction: Transaction<Tables>,
  { organizationId, conversationIds }: { organizationId: string; conversationIds: readonly string[] },
): Promise<void> {
  // A ticket that is made of one of them meanwhile is there before, or finds no conversation.
  await sql`select from conversations where organization_id = ${organizationId}::uuid
    and id = any (${[...conversationIds]}::uuid[]) order by id for update`.execute(transaction)
  await sql`update tickets set title = null, description = '' where organization_id = ${organizationId}::uuid
    and conversation_id = any (${[...conversationIds]}::uuid[])`.execute(transaction)
}

function solvedAt(status: TicketStatus, before: Date | null, now: Date): Date | null {
  if (status === 'solved') return now
  return status === 'closed' ? before : null
}

async function requireAssignee(
  transaction: Transaction<Tables>,
  organizationId: string,
  assigneeId: string | null,
): Promise<void> {
  if (assigneeId === null) return
  const member = await transaction
    .selectFrom('members')
    .select('role')
    .where('organization_id', '=', organizationId)
    .where('id', '=', assigneeId)
    .forKeyShare()
    .executeTakeFirst()
  if (member && isAnswering(member.role)) return
  const reason = member ? 'they do not answer visitors' : 'no such member'
  throw new ChatError('VALIDATION_FAILED', `assigneeId: ${reason}.`, { field: 'assigneeId' })
}

async function requireConversation(
  transaction: Transaction<Tables>,
  organizationId: string,
  conversationId: string,
): Promise<void> {
  const found = await transaction
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .forKeyShare()
    .executeTakeFirst()
  if (!found)
    throw new ChatError('VALIDATION_FAILED', 'conversationId: no such conversation.', { field: 'conversationId' })
}
