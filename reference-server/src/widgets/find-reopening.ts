import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'
import { openings } from './opening-cache.js'

/** When a team is back, and by whose clock that is to be told. */
export interface Reopening {
  at: Date
  timeZone: string
}

/** When the hours of a widget say that its team is back; null: they say that it is there, or nothing. */
export async function findReopening(
  query: Kysely<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
  now: Date,
): Promise<Reopening | null> {
  const row = await query
    .selectFrom('widgets')
    .select('settings')
    .where('organization_id', '=', organizationId)
    .where('id', '=', widgetId)
    .executeTakeFirst()
  const hours = row?.settings.businessHours ?? null
  const { open, nextChangeAt } = openings(hours, now)
  return open || !hours || !nextChangeAt ? null : { at: nextChangeAt, timeZone: hours.timeZone }
}
