import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { liveConversation, setLive } from './live-conversation.js'

/** Whose conversations go where. */
export interface TakeAlong {
  organizationId: string
  fromSessionId: string
  toSessionId: string
  toVisitorId: string
  /** The session is that of all tabs, whose first conversation has its name (C7). */
  shared: boolean
}

/** A conversation that another visitor has now. */
export interface Taken {
  conversationId: string
  headSeq: number
}

interface Row {
  id: string
  head: number
  was: string
}

/**
 * Gives the conversations of one session to another one and its visitor: whoever has written them has said who they are.
 * Where the session has a conversation already, that one stays the live one.
 */
export async function takeAlong(transaction: Transaction<Tables>, input: TakeAlong): Promise<Taken[]> {
  const { organizationId, fromSessionId, toSessionId, toVisitorId, shared } = input
  const live =
    (await liveConversation(transaction, { organizationId, sessionId: toSessionId })) ??
    (await liveConversation(transaction, { organizationId, sessionId: fromSessionId }))
  const ownName = sql<string>`k.client_conversation_id`
  const firstName = sql<string>`case when k.client_conversation_id = ${fromSessionId} then ${toSessionId} else k.client_conversation_id end`
  const taken = [
    ...(shared ? await move(transaction, input, firstName) : []),
    ...(await move(transaction, input, ownName)),
  ]
  if (live !== undefined) await setLive(transaction, { organizationId, sessionId: toSessionId }, live)
  const ids = taken.map(({ id }) => id)
  const earlier = taken.map(({ was }) => was)
  // Q3: what the author sends again under its new id is still what it has sent before.
  if (ids.length > 0)
    await sql`
      update events e set author_id = ${toVisitorId}::uuid
      from unnest(${ids}::uuid[], ${earlier}::uuid[]) as taken (id, was)
      where e.organization_id = ${organizationId}::uuid and e.conversation_id = taken.id and e.author_id = taken.was
        and e.client_message_id is not null and not exists (
          select from events o where o.organization_id = e.organization_id and o.author_id = ${toVisitorId}::uuid
            and o.client_message_id = e.client_message_id)`.execute(transaction)
  return taken.map(({ id, head }) => ({ conversationId: id, headSeq: head }))
}

/** What would have the name of one that the visitor has stays where it is. */
async function move(
  transaction: Transaction<Tables>,
  { organizationId, fromSessionId, toSessionId, toVisitorId }: TakeAlong,
  name: RawBuilder<string>,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with held as (
      select k.organization_id, k.id, k.visitor_id from conversations k
      where k.organization_id = ${organizationId}::uuid and k.session_id = ${fromSessionId}::uuid
        and not exists (
          select from conversations o where o.visitor_id = ${toVisitorId}::uuid
            and o.client_conversation_id = ${name} and o.organization_id = k.organization_id and o.id <> k.id)
      order by k.id for update of k
    )
    update conversations k set session_id = ${toSessionId}::uuid, visitor_id = ${toVisitorId}::uuid, client_conversation_id = ${name},
      version = k.version + 1
    from held where k.organization_id = held.organization_id and k.id = held.id
    returning k.id, k.head_seq as head, held.visitor_id as was`.execute(transaction)
  return rows
}
