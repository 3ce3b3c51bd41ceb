import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { Which } from './load-turn.js'

/** Of messages that wait for one answer; whoever writes more has the newest of them answered. */
const MOST_MESSAGES = 400

/**
 * A visitor's messages that nobody has answered: behind the last words of the assistant's or of an agent's, and of the time
 * since the conversation was last over. Ids, the oldest first. The log alone says so: what one is told of it may come late,
 * twice or never.
 */
export async function findUnanswered(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from events e
    where e.organization_id = ${organizationId}::uuid and e.conversation_id = ${conversationId}::uuid
      and e.type = 'message.created' and e.body #>> '{author,kind}' = 'visitor'
      and e.seq > coalesce((
        select r.seq from events r
        where r.organization_id = ${organizationId}::uuid and r.conversation_id = ${conversationId}::uuid
          and ((r.type = 'message.created' and r.body #>> '{author,kind}' in ('assistant', 'agent'))
            or (r.type = 'conversation.changed' and r.body ->> 'status' = 'resolved'))
        order by r.seq desc limit 1), 0)
    order by e.seq desc limit ${MOST_MESSAGES}::int`.execute(query)
  return rows.map(({ id }) => id).reverse()
}
