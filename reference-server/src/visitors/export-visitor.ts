import { ChatError, type ConversationStatus, LIMITS, type VisitorExport, type VisitorTraits } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { messageRatings, ratingOf, recentEvents } from '../conversations/index.js'
import type { Database, StoredForm } from '../database/index.js'
import { type LogScope, loadHistory } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { scopeOf } from './visitor-scope.js'

/** What it needs. */
export interface ExportVisitorContext {
  database: Database
  clock: () => Date
}

type Session = VisitorExport['sessions'][number]
type Conversation = VisitorExport['conversations'][number]

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

/**
 * All that is kept of the visitor, as far as this session may read it (W7): the text of a `VisitorExport`, read piece by piece
 * as it is taken, however much there is. What is deleted meanwhile is left out.
 */
export async function exportVisitor(
  { database, clock }: ExportVisitorContext,
  actor: VisitorActor,
): Promise<AsyncIterable<string>> {
  const { organizationId, visitorId } = actor
  const query = database.of(organizationId)
  const { sessionIds, conversationIds } = await scopeOf(query, actor)
  const row = await query
    .selectFrom('visitors')
    .select(['id', 'name', 'email', 'account', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    .executeTakeFirst()
  if (!row) throw new ChatError('UNAUTHENTICATED', 'The visitor is gone.')
  const { id, name, email, account, created_at: createdAt } = row
  const visitor = { id, name, email, account, createdAt: createdAt.toISOString() }
  const begin = JSON.stringify({ exportedAt: clock().toISOString(), visitor } satisfies Partial<VisitorExport>)

  async function* pieces(): AsyncGenerator<string> {
    yield `${begin.slice(0, -1)},"sessions":[`
    yield* listed(sessionIds, (id) => sessionText(database, organizationId, id))
    yield '],"conversations":['
    yield* listed(conversationIds, (id) => conversationText(database, organizationId, id))
    yield ']}'
  }
  return pieces()
}

/** What is still there of these, as JSON has a list. */
async function* listed(
  ids: readonly string[],
  piecesOf: (id: string) => AsyncIterable<string>,
): AsyncGenerator<string> {
  let comma = ''
  for (const id of ids) {
    let before = comma
    for await (const piece of piecesOf(id)) {
      yield before + piece
      before = ''
      comma = ','
    }
  }
}

async function* sessionText(database: Database, organizationId: string, sessionId: string): AsyncGenerator<string> {
  const query = database.of(organizationId)
  const { rows } = await sql<SessionRow>`
    select id, traits, form, locale, page_url, referrer, created_at, last_seen_at, json_build_object(
      'userAgent', user_agent, 'type', device_type, 'browser', browser, 'os', os, 'language', language,
      'country', country, 'city', city) as device
    from visitor_sessions where organization_id = ${organizationId}::uuid and id = ${sessionId}::uuid`.execute(query)
  for (const { id, traits, form, locale, page_url: page, referrer, device, ...row } of rows)
    yield JSON.stringify({
      ...{ id, traits, form, locale, page, referrer, device },
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      events: await recentEvents(query, organizationId, id),
    } satisfies Session)
}

async function* conversationText(
  database: Database,
  organizationId: string,
  conversationId: string,
): AsyncGenerator<string> {
  const query = database.of(organizationId)
  const { rows } = await sql<ConversationRow>`
    select id, status, created_at, form, rating, rating_comment, rated_at from conversations
    where organization_id = ${organizationId}::uuid and id = ${conversationId}::uuid`.execute(query)
  for (const { id, status, form, created_at: at, ...rating } of rows) {
    const facts = {
      ...{ id, status, form, createdAt: at.toISOString(), rating: ratingOf(rating) },
      messageRatings: await messageRatings(query, organizationId, id),
    } satisfies Omit<Conversation, 'messages'>
    yield `${JSON.stringify(facts).slice(0, -1)},"messages":[`
    yield* messagesText(database, { organizationId, conversationId, ownerSessionId: null })
    yield ']}'
  }
}

async function* messagesText(database: Database, scope: LogScope): AsyncGenerator<string> {
  for (let afterSeq = 0, comma = ''; ; comma = ',') {
    const request = { ...scope, afterSeq, limit: LIMITS.historyPage, messagesOnly: true }
    const page = await loadHistory(database, request).catch((error: unknown) => {
      if (ChatError.isInstance(error) && error.code === 'NOT_FOUND') return undefined
      throw error
    })
    const messages = (page?.events ?? []).filter((event) => event.type === 'message.created')
    const last = messages.at(-1)
    if (!last) return
    afterSeq = last.seq
    const said = messages.map(({ seq, author, parts, createdAt }): Conversation['messages'][number] => ({
      ...{ seq, author, parts, createdAt },
    }))
    yield comma + JSON.stringify(said).slice(1, -1)
  }
}
