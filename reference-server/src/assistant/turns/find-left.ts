import { sql } from 'kysely'
import type { Database } from '../../database/index.js'
import type { Which } from './load-turn.js'
import { isUnhelpful } from './unhelpful.js'

/** Conversations that one look finds; the others come with the next. */
const BATCH = 100
/** So long the node that took a message has for it before any other looks, in milliseconds. */
const GRACE_MS = 2_000
/** Who was not helped longer ago has left, or has asked again, in milliseconds. */
const OFFER_MS = 3_600_000

/**
 * What nobody is about: a turn that takes too long, a message that nobody has begun with, a ticket that could not be made, and
 * whoever was not helped and was offered nobody.
 */
export type Left = Which & { what: 'late' | 'unanswered' | 'owed' | 'unhelpful' }

/**
 * Finds what nodes have left in all organizations, the oldest first. Conversations of which the widget does not have the assistant
 * any more are found as well: somebody must be told of them.
 */
export async function findLeft(database: Database, now: Date): Promise<Left[]> {
  const before = new Date(now.getTime() - GRACE_MS)
  const offeredFrom = new Date(now.getTime() - OFFER_MS)
  const { rows } = await sql<Left>`
    (select f.organization_id as "organizationId", f.conversation_id as "conversationId", 'late' as what
      from assistant_floors f join conversations k
        on k.organization_id = f.organization_id and k.id = f.conversation_id
          and k.owner_version = f.owner_version and k.status = 'open'
      where f.until <= ${now}::timestamptz order by f.until limit ${BATCH}::int)
    union all
    (select k.organization_id, k.id, 'unanswered'
      from conversations k
      where k.status = 'open' and k.waiting_since <= ${before}::timestamptz and not exists (
        select from assistant_floors f where f.organization_id = k.organization_id and f.conversation_id = k.id
          and f.owner_version = k.owner_version and f.until is not null)
      order by k.waiting_since limit ${BATCH}::int)
    union all
    (select k.organization_id, k.id, 'unanswered'
      from conversations k join assistant_floors f
        on f.organization_id = k.organization_id and f.conversation_id = k.id and f.owner_version = k.owner_version
      where k.status = 'waiting' and k.waiting_since <= ${before}::timestamptz and f.phase ->> 'name' = 'offline'
        and k.last_message_author ->> 'kind' = 'visitor' and k.last_message_at <= ${before}::timestamptz
      order by k.waiting_since limit ${BATCH}::int)
    union all
    (select f.organization_id, f.conversation_id, 'owed' from assistant_floors f
      where f.until <= ${now}::timestamptz and f.phase -> 'owed' is not null order by f.until limit ${BATCH}::int)
    union all
    (select r.organization_id, r.conversation_id, 'unhelpful'
      from message_ratings r join conversations k on k.organization_id = r.organization_id and k.id = r.conversation_id
      where r.rated_at between ${offeredFrom}::timestamptz and ${before}::timestamptz and k.status = 'open' and ${isUnhelpful}
      order by r.rated_at limit ${BATCH}::int)`.execute(database.system)
  return rows
}

/** Whether the floor may be the assistant's, or it has something to say though it is not. Without a lock: most are not. */
export async function isItsOwn(database: Database, { organizationId, conversationId }: Which): Promise<boolean> {
  const { rows } = await sql`
    select from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      and (k.status = 'open' or (k.status = 'waiting' and w.assistant and exists (
        select from assistant_floors f where f.organization_id = k.organization_id and f.conversation_id = k.id)))`.execute(
    database.of(organizationId),
  )
  return rows.length > 0
}

/** The next of a widget's conversations that are the assistant's though the widget does not have it any more, by their ids. */
export async function findSwitchedOff(
  database: Database,
  { organizationId, widgetId, after }: { organizationId: string; widgetId: string; after: string | null },
): Promise<Which[]> {
  const { rows } = await sql<Which>`
    select k.organization_id as "organizationId", k.id as "conversationId"
    from widgets w join conversations k on k.organization_id = w.organization_id and k.widget_id = w.id
    where w.organization_id = ${organizationId}::uuid and w.id = ${widgetId}::uuid and not w.assistant
      and k.status = 'open' and (${after}::uuid is null or k.id > ${after}::uuid)
    order by k.id limit ${BATCH}::int`.execute(database.of(organizationId))
  return rows
}
