import { serverId } from '@chatdesk/protocol/schemas'
import type { Selectable } from 'kysely'
import type { Database, Tables } from '../database/index.js'

/** The widget of an organization that has one. The first integration guide names the organization; where it has more, nobody guesses. */
export async function findOnlyWidget(
  database: Database,
  organizationId: string,
): Promise<Selectable<Tables['widgets']> | undefined> {
  if (!serverId.safeParse(organizationId).success) return undefined
  const rows = await database
    .of(organizationId)
    .selectFrom('widgets')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0] : undefined
}
