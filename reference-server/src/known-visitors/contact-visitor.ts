import { ChatError } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import { type ConversationsContext, liveConversation, setLive } from '../conversations/index.js'
import type { Database, Tables } from '../database/index.js'
import type { MessageLog } from '../messages/index.js'
import type { MemberActor } from '../organizations/actor.js'
import type { BegunSession } from '../realtime/backend.js'
import { authorOf } from '../realtime/index.js'
import { findReachableSession } from '../visitors/index.js'
import { requireWidget } from '../widgets/index.js'

/** How long a start may be under way and still be found by `loadBegun`: well above every timeout of a statement. */
const MARGIN_MS = 60_000

/** What it needs. */
export interface ContactVisitorContext extends ConversationsContext {
  messages: MessageLog
}

/** Whom a member writes to, and what. */
export interface ContactRequest {
  visitorId: string
  clientConversationId: string
  widgetId?: string | undefined
  text: string
}

/** A conversation of a visitor's session that a member has begun. */
interface Begun {
  conversationId: string
  sessionId: string
}

/**
 * Begins a conversation with a visitor, assigned to whoever begins it by their first message (C3, C25). What was lost between
 * the two commits a repeat makes good. An open page of the visitor's shows it (C27); who is away hears of it by push, as of any
 * message.
 */
export async function contactVisitor(
  context: ContactVisitorContext,
  actor: MemberActor,
  request: ContactRequest,
): Promise<string> {
  const { database, changes, messages } = context
  const { organizationId } = actor
  const { conversationId, sessionId } = await database.transaction(organizationId, (transaction) =>
    findOrBegin(transaction, context, actor, request),
  )
  const { message } = await messages.append({
    organizationId,
    conversationId,
    author: authorOf(actor),
    ownerSessionId: null,
    clientMessageId: conversationId,
    parts: [{ type: 'text', text: request.text }],
  })
  changes.emit({ organizationId, conversationId, events: [], headSeq: message.seq, beganIn: sessionId })
  return conversationId
}

async function findOrBegin(
  transaction: Transaction<Tables>,
  { clock, generateId }: ContactVisitorContext,
  { organizationId, memberId }: MemberActor,
  { visitorId, clientConversationId, widgetId }: ContactRequest,
): Promise<Begun> {
  // In the order of whoever erases a visitor, or begins a conversation as one: the other way round they would wait for each other.
  await sql`select from visitor_sessions where organization_id = ${organizationId}::uuid and visitor_id = ${visitorId}::uuid
    order by id for update`.execute(transaction)
  const visitor = await transaction
    .selectFrom('visitors')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    // Of two repeats at once the second finds what the first has begun; whoever erases a visitor waits, or was faster.
    .forUpdate()
    .executeTakeFirst()
  if (!visitor) throw new ChatError('NOT_FOUND', 'No such visitor.')
  if (widgetId !== undefined) await requireWidget(transaction, { organizationId, widgetId })
  const standing = await transaction
    .selectFrom('conversations')
    .select(['id', 'session_id', 'visitor_id'])
    .where('organization_id', '=', organizationId)
    .where('started_by', '=', memberId)
    .where('start_id', '=', clientConversationId)
    .executeTakeFirst()
  if (standing && standing.visitor_id !== visitorId)
    throw new ChatError('ID_REUSED', 'This clientConversationId was used for another visitor.', {
      field: 'clientConversationId',
    })
  if (standing) return { conversationId: standing.id, sessionId: standing.session_id }
  const now = clock()
  const found = await findReachableSession(transaction, { organizationId, visitorId, widgetId, now })
  if (!found) throw new ChatError('FORBIDDEN', 'Nothing would reach this visitor: none of their sessions stands.')
  const { sessionId } = found
  const conversationId = generateId()
  const of = { organizationId, sessionId }
  const shown = await shownNow(transaction, of)
  // A shared session shows one conversation, which a start without `after` finds by the session's id (C7).
  await sql`
    insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status, page_url,
      form, department_id, created_at, updated_at, listed_at, started_by, start_id)
    select s.organization_id, ${conversationId}::uuid, s.visitor_id, s.id, s.widget_id,
      case when s.shared and not exists (select from conversations k where k.organization_id = s.organization_id
          and k.visitor_id = s.visitor_id and k.client_conversation_id = s.id::text)
        then s.id::text else ${conversationId} end,
      'waiting', s.page_url, s.form, s.department_id, ${now}::timestamptz, ${now}::timestamptz,
      date_trunc('minute', ${now}::timestamptz), ${memberId}::uuid, ${clientConversationId}
    from visitor_sessions s
    where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid`.execute(transaction)
  await setLive(transaction, of, shown ?? conversationId)
  return { conversationId, sessionId }
}

/** The conversation that a session's visitor is in the midst of, which nobody takes away from under them (C26). */
async function shownNow(
  transaction: Transaction<Tables>,
  of: { organizationId: string; sessionId: string },
): Promise<string | undefined> {
  const live = await liveConversation(transaction, of)
  if (live === undefined) return undefined
  const row = await transaction
    .selectFrom('conversations')
    .select(['status', 'head_seq'])
    .where('organization_id', '=', of.organizationId)
    .where('id', '=', live)
    .executeTakeFirst()
  return row && row.status !== 'resolved' && row.head_seq > 0 ? live : undefined
}

/** Sessions of these organizations in which the team or the site has begun something within so many milliseconds, and a margin before. */
export async function loadBegun(
  database: Database,
  organizationIds: readonly string[],
  withinMs: number,
): Promise<BegunSession[]> {
  const { rows } = await sql<{ organization_id: string; session_id: string }>`
    select distinct organization_id, session_id from conversations
    where organization_id = any (${[...organizationIds]}::uuid[]) and start_id is not null
      and created_at >= now() - ${withinMs + MARGIN_MS} * interval '1 millisecond'`.execute(
    database.of(...organizationIds),
  )
  return rows.map((row) => ({ organizationId: row.organization_id, sessionId: row.session_id }))
}
