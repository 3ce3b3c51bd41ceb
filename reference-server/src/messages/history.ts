import { ChatError, LIMITS, type LogEvent } from '@chatdesk/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/index.js'
import { type EventRow, eventOf } from './log-event.js'

/** Which conversation, and for visitors the session that must own it (C1). */
export interface LogScope {
  organizationId: string
  conversationId: string
  /** Null: any conversation of the organization. */
  ownerSessionId: string | null
}

/** Which page of a log: the newest before `beforeSeq`, the oldest after `afterSeq`, or the newest (H1). */
export interface HistoryRequest extends LogScope {
  beforeSeq?: number | undefined
  afterSeq?: number | undefined
  limit: number
  /** Messages only, without changes of status and agent. */
  messagesOnly?: boolean
}

/** A page of a log, ascending. */
export interface HistoryPage {
  events: LogEvent[]
  /** Nothing older than the first event. */
  reachedStart: boolean
  headSeq: number
}

/** The columns of an event as `EventRow` has them, for `json_agg`. */
const EVENT = sql`json_build_object('conversationId', e.conversation_id, 'seq', e.seq, 'id', e.id, 'type', e.type,
  'clientMessageId', e.client_message_id, 'body', e.body, 'createdAt', e.created_at)`

/** The conversation `k` of a scope; whose it is not finds nothing. */
export function isInScope({ organizationId, conversationId, ownerSessionId }: LogScope): RawBuilder<boolean> {
  return sql`k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
    and (${ownerSessionId}::uuid is null or k.session_id = ${ownerSessionId}::uuid)`
}

/** The events of `k` that hold for `condition`: the first `limit` of them from one end, in ascending order. */
export function eventsOf(condition: RawBuilder<boolean>, from: 'oldest' | 'newest', limit: RawBuilder<number>) {
  const order = from === 'oldest' ? sql`asc` : sql`desc`
  return sql<EventRow[]>`(
    select coalesce(json_agg(${EVENT} order by e.seq), '[]') from (
      select * from events e where e.organization_id = k.organization_id and e.conversation_id = k.id and ${condition}
      order by e.seq ${order} limit ${limit}
    ) e)`
}

/** Reads a page of a log, in one snapshot. */
export async function loadHistory(database: Database, request: HistoryRequest): Promise<HistoryPage> {
  const { beforeSeq, afterSeq, messagesOnly = false } = request
  if (beforeSeq !== undefined && afterSeq !== undefined)
    throw new ChatError('VALIDATION_FAILED', 'Give before or after, not both.', { field: 'afterSeq' })
  const limit = Math.min(Math.max(request.limit, 1), LIMITS.historyPage)
  const ofType = messagesOnly ? sql<boolean>`e.type = 'message.created'` : sql<boolean>`true`
  const inRange =
    beforeSeq !== undefined
      ? sql<boolean>`e.seq < ${beforeSeq}::bigint`
      : afterSeq !== undefined
        ? sql<boolean>`e.seq > ${afterSeq}::bigint`
        : sql<boolean>`true`
  const condition = sql<boolean>`${inRange} and ${ofType}`
  const events = eventsOf(condition, afterSeq === undefined ? 'newest' : 'oldest', sql<number>`${limit}::int`)
  const { rows } = await sql<{ head: number; first: number | null; events: EventRow[] }>`
    select k.head_seq as head, ${events} as events, (select min(e.seq) from events e
      where e.organization_id = k.organization_id and e.conversation_id = k.id
        and ${ofType}) as first
    from conversations k where ${isInScope(request)}`.execute(database.of(request.organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const first = row.events[0]?.seq ?? (beforeSeq === undefined ? row.head + 1 : beforeSeq)
  return { events: row.events.map(eventOf), reachedStart: row.first === null || first <= row.first, headSeq: row.head }
}
