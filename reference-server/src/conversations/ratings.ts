import { ChatError, type ConversationRating, type VisitorConversation } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import type { ConversationsContext } from './conversations.js'
import { isReachable } from './live-conversation.js'

/** A rating may be changed for so long after it was first given, in milliseconds (J1). */
const CHANGEABLE_MS = 24 * 3_600_000

/** The columns of a conversation that hold it. */
export interface StoredRating {
  rating: number | null
  rating_comment: string | null
  rated_at: Date | null
}

/** A rating as it is told. */
export function ratingOf({
  rating,
  rating_comment: comment,
  rated_at: at,
}: StoredRating): VisitorConversation['rating'] {
  return rating === null || at === null ? null : { score: rating, comment, ratedAt: at.toISOString() }
}

/** Keeps how a visitor found a conversation, whatever its status; the moment stays that of the first time (J1). */
export async function rateConversation(
  { database, changes, clock }: ConversationsContext,
  { organizationId, sessionId }: VisitorActor,
  conversationId: string,
  { score, comment }: ConversationRating,
): Promise<void> {
  const now = clock()
  const { rows } = await sql<{ rated: boolean; head: number }>`
    with found as (
      select k.organization_id, k.id, k.head_seq,
        coalesce(k.rated_at > ${new Date(now.getTime() - CHANGEABLE_MS)}::timestamptz, true) as open
      from visitor_sessions s join conversations k on ${isReachable}
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid and k.id = ${conversationId}::uuid
    ), rated as (
      update conversations k set rating = ${score}::smallint, rating_comment = ${comment ?? null}::text,
        rated_at = coalesce(k.rated_at, ${now}::timestamptz), version = k.version + 1
      from found f where k.organization_id = f.organization_id and k.id = f.id and f.open returning k.id
    )
    select f.head_seq as head, exists (select from rated) as rated from found f`.execute(database.of(organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  if (!row.rated) throw new ChatError('FORBIDDEN', 'A rating may be changed for a day.')
  changes.emit({ organizationId, conversationId, events: [], headSeq: row.head })
}

/** How a visitor found one of their conversations, and the messages in it; throws `NOT_FOUND` for any other. */
export async function loadRating(
  { database }: Pick<ConversationsContext, 'database'>,
  { organizationId, sessionId }: VisitorActor,
  conversationId: string,
): Promise<{ rating: VisitorConversation['rating']; messages: { seq: number; helpful: boolean }[] }> {
  const query = database.of(organizationId)
  const { rows } = await sql<StoredRating>`
    select k.rating, k.rating_comment, k.rated_at from visitor_sessions s join conversations k on ${isReachable}
    where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid and k.id = ${conversationId}::uuid`.execute(
    query,
  )
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  return { rating: ratingOf(row), messages: await messageRatings(query, organizationId, conversationId) }
}

/** Keeps whether a message of the assistant has helped; the last word counts (J2). */
export async function rateMessage(
  { database, changes, clock }: ConversationsContext,
  { organizationId, sessionId }: VisitorActor,
  { conversationId, seq, helpful }: { conversationId: string; seq: number; helpful: boolean },
): Promise<void> {
  const { rows } = await sql<{ head: number }>`
    with found as (
      select k.organization_id, k.id, k.head_seq from visitor_sessions s join conversations k on ${isReachable}
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid and k.id = ${conversationId}::uuid
        and exists (select from events e where e.organization_id = k.organization_id and e.conversation_id = k.id
          and e.seq = ${seq}::bigint and e.type = 'message.created' and e.body #>> '{author,kind}' = 'assistant')
    ), rated as (
      insert into message_ratings (organization_id, conversation_id, seq, helpful, rated_at)
      select f.organization_id, f.id, ${seq}::bigint, ${helpful}::boolean, ${clock()}::timestamptz from found f
      on conflict (organization_id, conversation_id, seq)
        do update set helpful = excluded.helpful, rated_at = excluded.rated_at
      returning conversation_id
    ), touched as (
      update conversations k set version = k.version + 1 from rated r
      where k.organization_id = ${organizationId}::uuid and k.id = r.conversation_id
    )
    select head_seq as head from found`.execute(database.of(organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such message of the assistant.')
  const told = { organizationId, conversationId, events: [], headSeq: row.head }
  changes.emit(helpful ? told : { ...told, unhelpful: true })
}

/** What was said of the messages of a conversation. */
export async function messageRatings(
  query: Kysely<Tables>,
  organizationId: string,
  conversationId: string,
): Promise<{ seq: number; helpful: boolean }[]> {
  return await query
    .selectFrom('message_ratings')
    .select(['seq', 'helpful'])
    .where('organization_id', '=', organizationId)
    .where('conversation_id', '=', conversationId)
    .orderBy('seq')
    .execute()
}
