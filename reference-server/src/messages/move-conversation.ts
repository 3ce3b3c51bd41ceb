import { type Author, ChatError, type ConversationStatus } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'
import { isAwake } from './is-awake.js'
import { type ChangeBody, changeOf } from './log-event.js'
import { takesMore } from './takes-more.js'

/** Where a conversation shall go. */
export type Move =
  /** C15; `expectedAgentId`: who has it as far as the caller knows. */
  | { to: 'agent'; agent: Author & { id: string }; expectedAgentId?: string | null | undefined }
  /** L2: out of the queue, to somebody who is available and has fewer than `capacity`; otherwise it is `taken`. */
  | { to: 'duty'; agent: Author & { id: string }; capacity: number }
  /** C16; without a department, to whose queue it belongs already. */
  | { to: 'queue'; departmentId?: string | null | undefined }
  /** L4: back from this agent, if nobody has answered by then; otherwise it is `taken`. */
  | { to: 'line'; fromAgentId: string }
  /** C17; to this agent, unless it has one. */
  | { to: 'reopened'; agent: Author & { id: string } }

/** The wish to move a conversation. */
export interface MoveRequest {
  /** Id of the future event. */
  id: string
  organizationId: string
  conversationId: string
  /** Absent: the system, in the name of its widget. */
  author?: (Author & { id: string }) | undefined
  move: Move
}

/** What a move finds. */
export interface Standing {
  status: ConversationStatus
  agent: (Author & { id: string }) | null
  departmentId: string | null
  /** Whether its visitor waits for an answer. */
  unanswered: boolean
  /** Whether it is put away (C18). */
  snoozed: boolean
}

/** What a move leads to. */
export type Destination = Pick<Standing, 'status' | 'agent' | 'departmentId'>

/** Where a move leads from there; `taken`: somebody else has it; undefined: there is nothing to change. */
export function resolveMove(standing: Standing, move: Move): Destination | 'taken' | undefined {
  const { status, agent, departmentId } = standing
  switch (move.to) {
    case 'agent':
      if (status === 'assigned' && agent?.id === move.agent.id) return undefined
      if (move.expectedAgentId !== undefined && (agent?.id ?? null) !== move.expectedAgentId) return 'taken'
      return { status: 'assigned', agent: move.agent, departmentId }
    case 'duty':
      return isInQueue(standing) ? { status: 'assigned', agent: move.agent, departmentId } : 'taken'
    case 'line':
      return isLeftAlone(standing, move.fromAgentId) ? { status: 'waiting', agent: null, departmentId } : 'taken'
    case 'queue': {
      const next = move.departmentId === undefined ? departmentId : move.departmentId
      if (status === 'waiting' && agent === null && next === departmentId) return undefined
      return { status: 'waiting', agent: null, departmentId: next }
    }
    case 'reopened':
      return status === 'resolved' ? { status: 'assigned', agent: agent ?? move.agent, departmentId } : undefined
  }
}

function isInQueue({ status, unanswered, snoozed }: Standing): boolean {
  return status === 'waiting' && unanswered && !snoozed
}

function isLeftAlone({ status, agent, unanswered, snoozed }: Standing, by: string): boolean {
  return status === 'assigned' && unanswered && !snoozed && agent?.id === by
}

/** Moves a conversation with an event that says so, of which the commit tells. */
export async function moveConversation(
  database: Database,
  { id, organizationId, conversationId, move, ...request }: MoveRequest,
  at: Date,
): Promise<{ outcome: Settled<'done' | 'taken'>; change?: Change }> {
  return database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql<Standing & { widget: Author & { id: string } }>`
      select k.status, k.department_id as "departmentId", k.waiting_since is not null as unanswered,
        not ${isAwake(at)} as snoozed,
        case when g.id is not null then jsonb_build_object('kind', 'agent', 'id', g.id, 'name', g.name) end as agent,
        jsonb_build_object('kind', 'system', 'id', w.id, 'name', w.name) as widget
      from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
      left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      for update of k skip locked`.execute(transaction)
    const [row] = rows
    if (!row) {
      const found = await transaction
        .selectFrom('conversations')
        .select('id')
        .where('organization_id', '=', organizationId)
        .where('id', '=', conversationId)
        .executeTakeFirst()
      if (found) return { outcome: { status: 'busy' } }
      return { outcome: { status: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') } }
    }
    const next = resolveMove(row, move)
    if (next === undefined || next === 'taken') return { outcome: { status: 'done', result: next ?? 'done' } }
    if (move.to === 'duty' && !(await takesMore(transaction, { organizationId, ...move }, at)))
      return { outcome: { status: 'done', result: 'taken' } }
    const author = request.author ?? row.widget
    const body: ChangeBody = { author, status: next.status, agent: next.agent }
    const { rows: moved } = await sql<{ head: number }>`
      with updated as (
        update conversations k set status = ${next.status}, agent_id = ${next.agent?.id ?? null}::uuid,
          department_id = ${next.departmentId}::uuid, head_seq = k.head_seq + 1, version = k.version + 1,
          snoozed_at = null, snoozed_until = null,
          waiting_since = case when ${next.status} = 'waiting' then coalesce(k.waiting_since, ${at}::timestamptz)
            else k.waiting_since end,
          updated_at = greatest(k.updated_at, ${at}::timestamptz),
          listed_at = greatest(k.listed_at, date_trunc('minute', ${at}::timestamptz))
        where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
        returning k.organization_id, k.id, k.head_seq
      )
      insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
      select u.organization_id, u.id, u.head_seq, ${id}::uuid, 'conversation.changed', ${author.id}::uuid,
        ${JSON.stringify(body)}::jsonb, ${at}::timestamptz
      from updated u returning seq as head`.execute(transaction)
    const head = moved[0]?.head ?? 0
    const event = changeOf({ conversationId, seq: head, id, createdAt: at.toISOString() }, body)
    return {
      outcome: { status: 'done', result: 'done' },
      change: { organizationId, conversationId, events: [event], headSeq: head },
    }
  })
}
