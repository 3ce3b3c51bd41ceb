import {
  type Author,
  ChatError,
  type ConversationStatus,
  type LogEvent,
  type MessagePart,
  textOf,
} from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'
import { changeOf, messageOf } from './log-event.js'

/** A conversation that nobody else writes in as long as one looks at it. */
export interface HeldConversation {
  organizationId: string
  conversationId: string
  visitorId: string
  widgetId: string
  /** As visitors read it. */
  widgetName: string
  /** Whether its widget has the assistant. */
  assistant: boolean
  status: ConversationStatus
  agentId: string | null
  departmentId: string | null
  /** How often it was over, and how often it went to somebody else (migration 0031). */
  episode: number
  ownerVersion: number
  headSeq: number
}

/** What is to stand in the log, in this order. */
export type HeldEntry =
  /** Said in the widget's name, once under its `clientMessageId`. `aside`: it is no answer, and whoever waits for one still does. */
  | { type: 'message'; kind: 'assistant' | 'system'; clientMessageId: string; parts: MessagePart[]; aside?: true }
  /** It waits for the team from now on, without an agent; `queued`: in the queue, even if its visitor has been answered. */
  | { type: 'waits'; queued: boolean }

/** What somebody who holds a conversation has decided on. */
export interface HeldWriting<Result> {
  /** By the places of the entries: where each stands. */
  result: (seqs: readonly number[]) => Promise<Result>
  entries: readonly HeldEntry[]
  /** Present: the fence is set to this, whatever else changes. */
  ownerVersion?: number
}

/** The wish to write by what stands at this moment. */
export interface HeldRequest<Result> {
  organizationId: string
  conversationId: string
  /** Within the transaction that writes; what it throws undoes all of it. */
  decide: (transaction: Transaction<Tables>, held: HeldConversation, at: Date) => Promise<HeldWriting<Result>>
}

/**
 * Writes what is decided on while the conversation is held, in one transaction: whoever moves it meanwhile waits, or has moved it
 * before, and then that is what is decided by. So the assistant writes, whose words and hand-off are one, and so do payments, whose
 * message and state are.
 */
export async function writeHeld<Result>(
  database: Database,
  { organizationId, conversationId, decide }: HeldRequest<Result>,
  generateId: () => string,
  at: Date,
): Promise<{ outcome: Settled<Result>; change?: Change }> {
  return database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql<HeldConversation & { held: boolean }>`
      with locked as (
        select k.id from conversations k
        where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid for update skip locked
      )
      select k.organization_id as "organizationId", k.id as "conversationId", k.visitor_id as "visitorId",
        k.widget_id as "widgetId", w.name as "widgetName", w.assistant, k.status, k.agent_id as "agentId",
        k.department_id as "departmentId", k.episode, k.owner_version as "ownerVersion", k.head_seq as "headSeq",
        exists (select from locked) as held
      from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(transaction)
    const [row] = rows
    if (!row) return { outcome: { status: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') } }
    if (!row.held) return { outcome: { status: 'busy' } }
    const { held: _, ...held } = row
    const writing = await decide(transaction, held, at)
    const events = eventsOf(held, writing.entries, generateId, at)
    if (events.length > 0) await insert(transaction, held, events)
    if (events.length > 0 || writing.ownerVersion !== undefined)
      await update(transaction, held, { entries: writing.entries, events, ownerVersion: writing.ownerVersion }, at)
    const result = await writing.result(events.map(({ seq }) => seq))
    const headSeq = held.headSeq + events.length
    const outcome = { status: 'done' as const, result }
    return events.length === 0 ? { outcome } : { outcome, change: { organizationId, conversationId, events, headSeq } }
  })
}

function eventsOf(
  { conversationId, widgetId, widgetName, headSeq }: HeldConversation,
  entries: readonly HeldEntry[],
  generateId: () => string,
  at: Date,
): LogEvent[] {
  return entries.map((entry, index) => {
    const facts = { conversationId, seq: headSeq + index + 1, id: generateId(), createdAt: at.toISOString() }
    const author = (kind: Author['kind']): Author => ({ kind, id: widgetId, name: widgetName })
    return entry.type === 'waits'
      ? changeOf(facts, { author: author('system'), status: 'waiting', agent: null })
      : messageOf(facts, entry.clientMessageId, { author: author(entry.kind), parts: entry.parts })
  })
}

async function insert(
  transaction: Transaction<Tables>,
  { organizationId, conversationId, widgetId }: HeldConversation,
  events: readonly LogEvent[],
): Promise<void> {
  const rows = events.map(({ id, seq, type, createdAt, ...rest }) => {
    const { conversationId: _, clientMessageId = null, ...body } = rest as typeof rest & { clientMessageId?: string }
    return { id, seq, type, m: clientMessageId, b: body, t: createdAt }
  })
  await sql`
    insert into events (organization_id, conversation_id, seq, id, type, author_id, client_message_id, body, created_at)
    select ${organizationId}::uuid, ${conversationId}::uuid, e.seq, e.id, e.type, ${widgetId}::uuid, e.m, e.b, e.t
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e (id uuid, seq int, type text, m text, b jsonb, t timestamptz)`.execute(transaction)
}

async function update(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: HeldConversation,
  written: { entries: readonly HeldEntry[]; events: readonly LogEvent[]; ownerVersion: number | undefined },
  at: Date,
): Promise<void> {
  const { entries, events, ownerVersion } = written
  const waits = entries.some(({ type }) => type === 'waits')
  const queued = entries.some((entry) => entry.type === 'waits' && entry.queued)
  const said = events.filter((event) => event.type === 'message.created').at(-1)
  const answered = entries.some((entry) => entry.type === 'message' && !entry.aside)
  // Who was answered waits no longer; who was handed over waits since they asked, whatever is said to them meanwhile.
  await sql`
    update conversations k set head_seq = k.head_seq + ${events.length}::int, version = k.version + 1,
      status = case when ${waits}::boolean then 'waiting' else k.status end,
      agent_id = case when ${waits}::boolean then null else k.agent_id end,
      owner_version = coalesce(${ownerVersion ?? null}::int, k.owner_version),
      waiting_since = case when ${queued}::boolean then coalesce(k.waiting_since, ${at}::timestamptz)
        when ${answered}::boolean and k.status = 'open' then null else k.waiting_since end,
      last_message_author = coalesce(${said ? JSON.stringify(said.author) : null}::jsonb, k.last_message_author),
      last_message_text = coalesce(left(${said ? textOf(said.parts) : null}::text, 200), k.last_message_text),
      last_message_at = case when ${said !== undefined}::boolean then ${at}::timestamptz else k.last_message_at end,
      updated_at = greatest(k.updated_at, ${at}::timestamptz),
      listed_at = greatest(k.listed_at, date_trunc('minute', ${at}::timestamptz))
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(transaction)
}
