import { ChatError } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'

/**
 * Throws `NOT_FOUND` unless the organization has this widget; in a transaction it then stays until its end. `alone`: nobody
 * else who asks so goes on before that.
 */
export async function requireWidget(
  query: Kysely<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
  alone = false,
): Promise<void> {
  const row = await query
    .selectFrom('widgets')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', widgetId)
    .$if(query.isTransaction, (held) => (alone ? held.forUpdate() : held.forKeyShare()))
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such widget.')
}
