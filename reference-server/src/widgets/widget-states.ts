import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { Admission } from './admission.js'

/** A widget as those who follow it know it. */
export interface WidgetState extends Admission {
  /** Another one after each write of its row. */
  mark: string
  /** Of its settings (G1). */
  version: string
}

/** Of these widgets those that were written since they had this mark; `state` is null when it is gone. */
export async function loadChangedWidgets(
  database: Database,
  known: readonly { organizationId: string; widgetId: string; mark: string }[],
): Promise<{ organizationId: string; widgetId: string; state: WidgetState | null }[]> {
  // `xmin` is the transaction that has written the row: no writer can forget to count.
  const { rows } = await sql<Selectable<Tables['widgets']> & { of_organization: string; of_id: string; mark: string }>`
    select k.organization_id as of_organization, k.id as of_id, w.*, w.xmin::text as mark
    from unnest(
      ${known.map(({ organizationId }) => organizationId)}::uuid[], ${known.map(({ widgetId }) => widgetId)}::uuid[],
      ${known.map(({ mark }) => mark)}::text[]
    ) as k (organization_id, id, mark)
    left join widgets w on w.organization_id = k.organization_id and w.id = k.id
    where w.xmin::text is distinct from k.mark`.execute(
    database.of(...new Set(known.map(({ organizationId }) => organizationId))),
  )
  return rows.map((row) => ({
    organizationId: row.of_organization,
    widgetId: row.of_id,
    state: row.id === null ? null : stateOf(row),
  }))
}

function stateOf(row: Selectable<Tables['widgets']> & { mark: string }): WidgetState {
  return {
    mark: row.mark,
    version: versionOf(row),
    enabled: row.enabled,
    allowedOrigins: row.allowed_origins,
    allowMissingOrigin: row.allow_missing_origin,
  }
}

/** Follows from what pages are shown, so that what changes nothing for them is no change. Of the hours themselves, not of the hour. */
export function versionOf({ name, settings }: Pick<Selectable<Tables['widgets']>, 'name' | 'settings'>): string {
  return createHash('sha256')
    .update(JSON.stringify([name, settings]))
    .digest('base64url')
    .slice(0, 16)
}
