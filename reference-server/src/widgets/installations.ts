import type { Installation } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import { parseUrl } from '../platform/parse-url.js'

/** A widget is written down for a site at most this often, in milliseconds. */
const EVERY_MS = 60_000
/**
 * A site costs a stranger one request, who may name any below a wildcard as well: so many of those that are refused, and of
 * those that are let in, are kept for a widget, the last seen.
 */
const KEPT = { refused: 200, allowed: 1_000 }
/** Sites remembered as written just now; beyond, they are written once more. */
const REMEMBERED = 10_000
/** Sightings that wait to be written, one after the other; beyond, a site is written when it is seen again. */
const WAITING = 100

/** Where a widget was asked for. */
export interface Sighting {
  organizationId: string
  widgetId: string
  /** Of the page; without one, as from a program, there is no site. */
  origin: string | undefined
  /** The widget does not let the page in. */
  refused: boolean
  version?: string | undefined
}

/** Keeps where widgets are seen. */
export interface InstallationLog {
  /** Written beside the request, which waits for nothing and fails for nothing. */
  saw(sighting: Sighting): void
  /** Resolves when everything is written. */
  idle(): Promise<void>
}

export function createInstallationLog(options: {
  database: Database
  clock: () => Date
  logger: Logger
}): InstallationLog {
  const { database, clock, logger } = options
  const writtenAt = new Map<string, number>()
  let waiting = 0
  let last = Promise.resolve()

  return {
    saw(sighting) {
      const domain = domainOf(sighting.origin)
      if (domain === undefined || waiting >= WAITING) return
      const now = clock()
      const key = `${sighting.organizationId} ${sighting.widgetId} ${sighting.refused} ${domain}`
      if (now.getTime() - (writtenAt.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return
      if (writtenAt.size >= REMEMBERED) writtenAt.clear()
      writtenAt.set(key, now.getTime())
      waiting += 1
      // One at a time: whoever makes up origins must not take all connections to the database from the others.
      last = last
        .then(() => write(database, sighting, domain, now))
        .catch((error) => {
          logger.warn({ err: error, widgetId: sighting.widgetId }, 'where a widget was seen could not be written')
        })
        .then(() => {
          waiting -= 1
        })
    },
    idle: () => last,
  }
}

/** Host and port, as a person knows a site. */
function domainOf(origin: string | undefined): string | undefined {
  if (origin === undefined || origin.length > 300) return undefined
  return parseUrl(origin)?.host || undefined
}

async function write(database: Database, sighting: Sighting, domain: string, now: Date): Promise<void> {
  const { organizationId, widgetId, refused, version = null } = sighting
  await database.transaction(organizationId, async (transaction) => {
    await sql`
      insert into installations (organization_id, widget_id, domain, refused, version, first_seen_at, last_seen_at)
      values (${organizationId}::uuid, ${widgetId}::uuid, ${domain}, ${refused}, ${version}, ${now}::timestamptz, ${now}::timestamptz)
      on conflict (organization_id, widget_id, domain) do update set refused = excluded.refused,
        version = coalesce(excluded.version, installations.version), visits = installations.visits + 1,
        last_seen_at = excluded.last_seen_at`.execute(transaction)
    await sql`
      delete from installations where organization_id = ${organizationId}::uuid and widget_id = ${widgetId}::uuid
        and refused = ${refused} and domain not in (
          select domain from installations where organization_id = ${organizationId}::uuid
            and widget_id = ${widgetId}::uuid and refused = ${refused}
          order by last_seen_at desc, domain limit ${refused ? KEPT.refused : KEPT.allowed}::int)`.execute(transaction)
  })
}

/** Where a widget was seen, the last seen first. */
export async function listInstallations(
  query: Kysely<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
): Promise<Installation[]> {
  const rows = await query
    .selectFrom('installations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .orderBy('last_seen_at', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    domain: row.domain,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    version: row.version,
    refused: row.refused,
    visits: row.visits,
  }))
}
