import { type Priority, rankOf } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import { isQueued, QUEUE_RANK, rankAt } from '../../conversations/index.js'
import type { OwedTicket } from '../../database/assistant-tables.js'
import type { Tables } from '../../database/index.js'
import type { HeldConversation } from '../../messages/index.js'
import { cutText } from '../../platform/cut-text.js'
import { createTicket } from '../../tickets/index.js'
import { findPersonalData } from '../redaction/personal-data.js'
import type { TakenTurn } from './take-turn.js'

/** Of a ticket's title, in characters. */
const LONGEST_TITLE = 120
const LONGEST_DESCRIPTION = 4_000

/** What an agent is given of a conversation that is handed over. */
export interface HandedOver {
  /** Null: a button was pressed, or a rule that needed no turn. */
  taken: TakenTurn | null
  /** What was asked last. */
  text: string
}

/** The ticket of a hand-off; `id`: of its own. */
export function ticketOf({ taken, text }: HandedOver, id: string): OwedTicket {
  const title = lineOf(text) || 'A visitor asks for a person'
  return { id, title, description: summaryOf(taken, text), priority: priorityOf(taken) }
}

/** Says how urgent a conversation is that is handed over; it is never made less urgent. */
export async function raisePriority(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: HeldConversation,
  priority: Priority,
): Promise<void> {
  await transaction
    .updateTable('conversations')
    .set((eb) => ({ priority: sql<number>`greatest(${eb.ref('priority')}, ${rankOf(priority)}::int)` }))
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .execute()
}

/** Makes the ticket of a hand-off. One that is still open is enough, whoever has made it: who asks twice is not two (B4). */
export async function makeTicket(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: HeldConversation,
  ticket: OwedTicket,
  now: Date,
): Promise<void> {
  const open = await transaction
    .selectFrom('tickets')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('conversation_id', '=', conversationId)
    .where('status', 'in', ['open', 'pending'])
    .executeTakeFirst()
  if (open) return
  await createTicket(transaction, {
    ...{ organizationId, conversationId, ...ticket, now },
    ...{ assigneeId: null, createdBy: null, source: 'escalation' },
  })
}

/** Where this one will stand among those that the same agents may take (L6), from 1: it has its priority already. */
export async function positionOf(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: HeldConversation,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ before: number }>`
    with own as (
      select k.id, k.department_id, ${rankAt(now)} as rank from conversations k
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
    )
    select count(*)::int as before from own o join conversations k on k.organization_id = ${organizationId}::uuid
      and k.id <> o.id and ${isQueued(now)} and (${QUEUE_RANK}, k.id) < (o.rank, o.id)
      and (k.department_id is null or o.department_id is null or k.department_id = o.department_id or exists (
        select from department_members a join department_members b
          on b.organization_id = a.organization_id and b.member_id = a.member_id
        where a.organization_id = k.organization_id and a.department_id = k.department_id
          and b.department_id = o.department_id))`.execute(transaction)
  return (rows[0]?.before ?? 0) + 1
}

function priorityOf(taken: TakenTurn | null): Priority {
  const action = taken?.decision.action
  return action?.kind === 'hand_off' ? action.priority : action?.kind === 'safety' ? 'urgent' : 'normal'
}

/** Ends before what would be cut in two: of half a number nobody could tell later that it is one, and a model is told titles (B15). */
function lineOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const crossing = findPersonalData(line).find(({ from, to }) => from < LONGEST_TITLE && to > LONGEST_TITLE)
  return cutText(line, crossing?.from ?? LONGEST_TITLE).trim()
}

/** For whoever takes it: why, what was asked, and what the assistant has found. */
function summaryOf(taken: TakenTurn | null, text: string): string {
  const lines = [taken ? `Handed over: ${taken.decision.reason}.` : 'Asked for a person.', `Asked last: ${text.trim()}`]
  if (taken && taken.confidence !== null) lines.push(`Best hit: ${Math.round(taken.confidence * 100)} % sure.`)
  return cutText(lines.join('\n\n'), LONGEST_DESCRIPTION)
}
