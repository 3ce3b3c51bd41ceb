import { ChatError, type ConversationSummary, type SupportSession } from '@chatdesk/protocol'
import { sql } from 'kysely'
import {
  type ConversationsContext,
  isQueued,
  liveConversation,
  loadSummaries,
  QUEUE_ORDER,
  QUEUE_RANK,
  startConversation,
} from '../conversations/index.js'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { decodeCursor, encodeCursor } from '../platform/page-cursor.js'
import { type SiteUser, siteActor } from '../visitors/index.js'
import { type ReadSeqs, supportSessionOf } from './support-words.js'

/** Stands where a conversation that a member has begun has their id of it. */
const BY_SITE = 'site'

/** Conversations in the words of this interface, in the order in which they are given. */
export async function sessionsOf(
  database: Database,
  organizationId: string,
  conversations: readonly ConversationSummary[],
): Promise<SupportSession[]> {
  const ids = conversations.map(({ visitor }) => visitor.id)
  const { rows } = await sql<{ id: string; external_id: string | null }>`
    select id, external_id from visitors
    where organization_id = ${organizationId}::uuid and id = any (${ids}::uuid[])`.execute(database.of(organizationId))
  const known = new Map(rows.map((row) => [row.id, row.external_id]))
  return conversations.map((conversation) => supportSessionOf(conversation, known.get(conversation.visitor.id) ?? null))
}

/** One of them; throws `NOT_FOUND`. */
export async function sessionOf(
  database: Database,
  organizationId: string,
  conversationId: string,
): Promise<SupportSession> {
  const found = await loadSummaries(database, organizationId, [conversationId])
  const [session] = await sessionsOf(database, organizationId, found)
  if (!session) throw new ChatError('NOT_FOUND', 'No such conversation.')
  return session
}

/** The user's conversation on the widget that has not ended; of several the one in which something happened last. */
export async function findActive(database: Database, { widget, visitorId }: SiteUser): Promise<string | undefined> {
  if (visitorId === null) return undefined
  const row = await database
    .of(widget.organizationId)
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', widget.organizationId)
    .where('visitor_id', '=', visitorId)
    .where('widget_id', '=', widget.id)
    .where('status', '<>', 'resolved')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.id
}

/** Begins the user's next conversation in a session; of two calls at once both are given the same. */
export async function startNext(context: ConversationsContext, actor: VisitorActor): Promise<string> {
  const after = await liveConversation(context.database.of(actor.organizationId), actor)
  const clientConversationId = `support-${after ?? actor.sessionId}`
  const { conversationId } = await startConversation(context, actor, { clientConversationId, after })
  // The page's node may be another one, which looks for what was begun elsewhere (C27).
  await context.database
    .of(actor.organizationId)
    .updateTable('conversations')
    .set({ start_id: BY_SITE })
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', conversationId)
    .where('start_id', 'is', null)
    .execute()
  return conversationId
}

/** The user as the visitor of one of their conversations on the widget; throws `NOT_FOUND` for any other (C1, C11). */
export async function ownerOf(database: Database, user: SiteUser, conversationId: string): Promise<VisitorActor> {
  const { widget, visitorId } = user
  const row = await database
    .of(widget.organizationId)
    .selectFrom('conversations')
    .select('session_id')
    .where('organization_id', '=', widget.organizationId)
    .where('id', '=', conversationId)
    .where('visitor_id', '=', visitorId)
    .where('widget_id', '=', widget.id)
    .executeTakeFirst()
  if (!row || visitorId === null) throw new ChatError('NOT_FOUND', 'No such conversation.')
  return siteActor(user, visitorId, row.session_id)
}

/** Conversations that wait for an answer, the longest wait first (C18). */
export async function loadQueue(
  database: Database,
  {
    organizationId,
    limit,
    cursor,
    now,
  }: { organizationId: string; limit: number; cursor?: string | undefined; now: Date },
): Promise<{ sessions: SupportSession[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  const { rows } = await sql<{ id: string; rank: Date }>`
    select k.id, ${QUEUE_RANK} as rank from conversations k
    where k.organization_id = ${organizationId}::uuid and ${isQueued(now)}
      and (${QUEUE_RANK}, k.id) > (coalesce(${after?.at ?? null}::timestamptz, '-infinity'),
        coalesce(${after?.id ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
    order by ${QUEUE_ORDER} limit ${limit + 1}::int`.execute(database.of(organizationId))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const found = await loadSummaries(
    database,
    organizationId,
    page.map(({ id }) => id),
  )
  const byId = new Map(found.map((conversation) => [conversation.id, conversation]))
  const inOrder = page.flatMap(({ id }) => byId.get(id) ?? [])
  return {
    sessions: await sessionsOf(database, organizationId, inOrder),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.rank, id: last.id }) : null,
  }
}

/** How far both sides of a conversation have read. */
export async function loadReads(database: Database, organizationId: string, conversationId: string): Promise<ReadSeqs> {
  const row = await database
    .of(organizationId)
    .selectFrom('conversations')
    .select(['visitor_read_seq', 'team_read_seq'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return { visitor: row?.visitor_read_seq ?? 0, team: row?.team_read_seq ?? 0 }
}
