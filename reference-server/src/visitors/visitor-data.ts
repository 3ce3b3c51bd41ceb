import {
  ChatError,
  type ChatMessage,
  type ConversationStatus,
  type ErasureReceipt,
  type VisitorExport,
  type VisitorTraits,
} from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import { recordAct } from '../audit/index.js'
import { loadTranscript, messageRatings, ratingOf, recentEvents } from '../conversations/index.js'
import type { Database, StoredForm, Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { forgetBrowsers } from '../push/index.js'

/** What it needs. */
export interface VisitorDataContext {
  database: Database
  clock: () => Date
  generateId: () => string
}

/** What a session may read of its visitor (C11). */
interface Scope {
  organizationId: string
  sessionIds: string[]
  conversationIds: string[]
}

interface SessionRow {
  id: string
  traits: VisitorTraits | null
  form: StoredForm | null
  locale: string | null
  page_url: string | null
  referrer: string | null
  device: Record<string, string | null>
  created_at: Date
  last_seen_at: Date
}

interface ConversationRow {
  id: string
  status: ConversationStatus
  created_at: Date
  form: StoredForm | null
  rating: number | null
  rating_comment: string | null
  rated_at: Date | null
}

/** Sessions, those that went before a sign-in with them, and what was said in them. */
async function scopeOf(query: Kysely<Tables>, { organizationId, sessionId }: VisitorActor): Promise<Scope> {
  const { rows } = await sql<{ sessions: string[] | null; conversations: string[] | null }>`
    with own as (
      select o.id from visitor_sessions s join visitor_sessions o on o.organization_id = s.organization_id and (o.id = s.id
        or (o.visitor_id = s.visitor_id and o.widget_id = s.widget_id and (s.shared or s.login_id is not null)))
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
    ), theirs as (
      select id from own union
      select b.id from visitor_sessions b join own on b.successor_id = own.id where b.organization_id = ${organizationId}::uuid
    )
    select (select array_agg(id order by id) from theirs) as sessions, (
      select array_agg(k.id order by k.id) from conversations k join theirs on k.session_id = theirs.id
      where k.organization_id = ${organizationId}::uuid
    ) as conversations`.execute(query)
  const { sessions, conversations } = rows[0] ?? {}
  return { organizationId, sessionIds: sessions ?? [], conversationIds: conversations ?? [] }
}

/** All that is kept of the visitor, as far as this session may read it (W7). */
export async function exportVisitor(
  { database, clock }: VisitorDataContext,
  actor: VisitorActor,
): Promise<VisitorExport> {
  const { organizationId, visitorId } = actor
  const query = database.of(organizationId)
  const { sessionIds, conversationIds } = await scopeOf(query, actor)
  const visitor = await query
    .selectFrom('visitors')
    .select(['id', 'name', 'email', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    .executeTakeFirst()
  if (!visitor) throw new ChatError('UNAUTHENTICATED', 'The visitor is gone.')
  const { rows: sessions } = await sql<SessionRow>`
    select id, traits, form, locale, page_url, referrer, created_at, last_seen_at, json_build_object(
      'userAgent', user_agent, 'type', device_type, 'browser', browser, 'os', os, 'language', language,
      'country', country, 'city', city) as device
    from visitor_sessions where organization_id = ${organizationId}::uuid and id = any (${sessionIds}::uuid[])
    order by id`.execute(query)
  const { rows: conversations } = await sql<ConversationRow>`
    select id, status, created_at, form, rating, rating_comment, rated_at from conversations
    where organization_id = ${organizationId}::uuid and id = any (${conversationIds}::uuid[]) order by id`.execute(
    query,
  )
  return {
    exportedAt: clock().toISOString(),
    visitor: { id: visitor.id, name: visitor.name, email: visitor.email, createdAt: visitor.created_at.toISOString() },
    sessions: await Promise.all(
      sessions.map(async ({ id, traits, form, locale, page_url: page, referrer, device, ...row }) => ({
        ...{ id, traits, form, locale, page, referrer, device },
        createdAt: row.created_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        events: await recentEvents(query, organizationId, id),
      })),
    ),
    conversations: await Promise.all(
      conversations.map(async ({ id, status, form, created_at: at, ...rating }) => ({
        ...{ id, status, form, createdAt: at.toISOString(), rating: ratingOf(rating) },
        messageRatings: await messageRatings(query, organizationId, id),
        messages: await messagesOf(database, organizationId, id),
      })),
    ),
  }
}

async function messagesOf(database: Database, organizationId: string, conversationId: string) {
  const scope = { organizationId, conversationId, ownerSessionId: null }
  const { messages } = await loadTranscript(database, scope, 'en', Number.POSITIVE_INFINITY)
  return messages.map(({ seq, author, parts, createdAt }: ChatMessage) => ({ seq, author, parts, createdAt }))
}

/**
 * Deletes what this session may read of its visitor: conversations with all that hangs on them, files that were never sent,
 * sessions, and the visitor, once nothing else is theirs (W8). What an organization has made of it, a lead for one, is its own. The trail keeps that it
 * was done, and of whom no more than the id.
 */
export async function eraseVisitor(
  { database, clock, generateId }: VisitorDataContext,
  actor: VisitorActor,
): Promise<ErasureReceipt> {
  const { organizationId, visitorId } = actor
  const now = clock()
  const receiptId = generateId()
  return await database.transaction(organizationId, async (transaction) => {
    // Whatever is started in one of them meanwhile is there before, or finds no session.
    await sql`select from visitor_sessions where organization_id = ${organizationId}::uuid
      and visitor_id = ${visitorId}::uuid order by id for update`.execute(transaction)
    const scope = await scopeOf(transaction, actor)
    const { sessionIds, conversationIds } = scope
    if (sessionIds.length === 0) throw new ChatError('UNAUTHENTICATED', 'The session has ended.')
    await sql`delete from conversations
      where organization_id = ${organizationId}::uuid and id = any (${conversationIds}::uuid[])`.execute(transaction)
    await sql`delete from files where organization_id = ${organizationId}::uuid
      and session_id = any (${sessionIds}::uuid[]) and conversation_id is null`.execute(transaction)
    const ended = await sql<{ visitor_id: string }>`delete from visitor_sessions
      where organization_id = ${organizationId}::uuid and id = any (${sessionIds}::uuid[]) returning visitor_id`.execute(
      transaction,
    )
    const visitorIds = ended.rows.map((row) => row.visitor_id)
    await forgetBrowsers(transaction, { organizationId, visitorId, loginId: null, all: true })
    const { rows } = await sql<{ id: string }>`delete from visitors v where v.organization_id = ${organizationId}::uuid
      and v.id = any (${visitorIds}::uuid[]) and not exists (select from visitor_sessions s
        where s.organization_id = v.organization_id and s.visitor_id = v.id) returning v.id`.execute(transaction)
    const counts = { sessions: sessionIds.length, conversations: conversationIds.length }
    await recordAct(
      transaction,
      organizationId,
      {
        actor: null,
        address: null,
        action: 'visitor.erase',
        target: { kind: 'visitor', id: visitorId },
        changes: { receipt: { from: null, to: receiptId }, erased: { from: counts, to: null } },
        reason: 'The visitor has asked for it.',
      },
      now,
    )
    return { receiptId, erasedAt: now.toISOString(), ...counts, complete: rows.some(({ id }) => id === visitorId) }
  })
}
