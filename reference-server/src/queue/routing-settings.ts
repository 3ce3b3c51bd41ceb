import type { RoutingSettings } from '@chatdesk/protocol'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../database/index.js'

/** Of an organization that has said nothing: its agents take what they answer. */
const DEFAULTS: RoutingSettings = { assignment: 'manual', capacity: 5, rerouteAfterSeconds: 60 }

/** How an organization wants it. */
export async function loadRouting(query: Kysely<Tables>, organizationId: string): Promise<RoutingSettings> {
  const row = await query
    .selectFrom('routing_settings')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return row ? settingsOf(row) : DEFAULTS
}

/** Changes what is given; answers with the settings as they were and as they are. */
export async function updateRouting(
  transaction: Transaction<Tables>,
  organizationId: string,
  update: { [Key in keyof RoutingSettings]?: RoutingSettings[Key] | undefined },
): Promise<{ before: RoutingSettings; after: RoutingSettings }> {
  // Two who change something at once do so one after the other, also the first time.
  await sql`select from organizations where id = ${organizationId}::uuid for no key update`.execute(transaction)
  const before = await loadRouting(transaction, organizationId)
  const {
    assignment = before.assignment,
    capacity = before.capacity,
    rerouteAfterSeconds = before.rerouteAfterSeconds,
  } = update
  const row = { assignment, capacity, reroute_after_seconds: rerouteAfterSeconds }
  await transaction
    .insertInto('routing_settings')
    .values({ organization_id: organizationId, ...row })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
    .execute()
  return { before, after: { assignment, capacity, rerouteAfterSeconds } }
}

/** The organizations that assign by themselves; `busy`: something waits there, for an agent or for an answer. */
export async function findAutomatic(database: Database): Promise<{ organizationId: string; busy: boolean }[]> {
  const { rows } = await sql<{ organization_id: string; busy: boolean }>`
    select r.organization_id, exists (
      select from conversations k where k.organization_id = r.organization_id and k.status = 'waiting'
        and k.waiting_since is not null
    ) or exists (
      select from conversations k where k.organization_id = r.organization_id and k.status = 'assigned'
        and k.waiting_since is not null
    ) as busy
    from routing_settings r where r.assignment = 'automatic'`.execute(database.system)
  return rows.map((row) => ({ organizationId: row.organization_id, busy: row.busy }))
}

function settingsOf(row: Selectable<Tables['routing_settings']>): RoutingSettings {
  return {
    assignment: row.assignment,
    capacity: row.capacity,
    rerouteAfterSeconds: row.reroute_after_seconds,
  }
}
