import { ChatError } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.js'

/** Whether an organization has its model write; `forUpdate`: nobody else changes it until the transaction ends. */
export async function loadModelSwitch(
  query: Kysely<Tables>,
  organizationId: string,
  { forUpdate = false } = {},
): Promise<boolean> {
  const row = await query
    .selectFrom('organizations')
    .select('writes_with_model')
    .where('id', '=', organizationId)
    .$if(forUpdate, (held) => held.forNoKeyUpdate())
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such organization.')
  return row.writes_with_model
}

/** Sets it, from the next answer on. */
export async function saveModelSwitch(query: Kysely<Tables>, organizationId: string, on: boolean): Promise<void> {
  await query.updateTable('organizations').set({ writes_with_model: on }).where('id', '=', organizationId).execute()
}
