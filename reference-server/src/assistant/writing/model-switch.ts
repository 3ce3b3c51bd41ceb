import { ChatError } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.js'

/** Whether an organization has models work for it; `forUpdate`: nobody else changes it until the transaction ends. */
export async function loadModelSwitch(
  query: Kysely<Tables>,
  organizationId: string,
  { forUpdate = false } = {},
): Promise<boolean> {
  const row = await query
    .selectFrom('organizations')
    .select('uses_models')
    .where('id', '=', organizationId)
    .$if(forUpdate, (held) => held.forNoKeyUpdate())
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such organization.')
  return row.uses_models
}

/** Sets it, from the next request on. */
export async function saveModelSwitch(query: Kysely<Tables>, organizationId: string, on: boolean): Promise<void> {
  await query.updateTable('organizations').set({ uses_models: on }).where('id', '=', organizationId).execute()
}
