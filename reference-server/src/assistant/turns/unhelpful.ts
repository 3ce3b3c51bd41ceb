import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { Which } from './load-turn.js'

/** What is said to whoever was not helped is called so, in `clientMessageId`: for that in turn nobody is offered again. */
export const UNHELPFUL = 'unhelpful'

/** Of a row `r` of `message_ratings`: it did not help (J2), nobody has been offered for it, and the conversation was not over since. */
export const isUnhelpful: RawBuilder<boolean> = sql<boolean>`not r.helpful
  and exists (select from events e where e.organization_id = r.organization_id and e.conversation_id = r.conversation_id
    and e.seq = r.seq and e.client_message_id not like ${`${UNHELPFUL}:%`})
  and r.seq > coalesce((select max(o.seq) from events o where o.organization_id = r.organization_id
    and o.conversation_id = r.conversation_id and o.type = 'conversation.changed'
    and o.body ->> 'status' = 'resolved'), 0)
  and not exists (select from assistant_turns t where t.organization_id = r.organization_id
    and t.conversation_id = r.conversation_id and t.inputs -> 'rated' @> to_jsonb(r.seq))`

/** Messages of the assistant's, by their `seq`, that did not help, and for which nobody has been offered. */
export async function findUnhelpful(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`
    select r.seq from message_ratings r
    where r.organization_id = ${organizationId}::uuid and r.conversation_id = ${conversationId}::uuid and ${isUnhelpful}
    order by r.seq`.execute(query)
  return rows.map(({ seq }) => seq)
}
