import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Movement, Place, PresenceBoard } from './presence-board.js'

/** How long a node that says nothing counts as alive, in seconds (P1). */
const LEASE_SECONDS = 45
const RENEW_MS = 15_000
/** What a node that ends leaves its people to come to another one, in seconds (P1). */
const GRACE_SECONDS = 10

/** Options of `createDatabasePresenceBoard`. */
export interface DatabasePresenceBoardOptions {
  database: Database
  /** Milliseconds since the epoch. */
  now: () => number
}

/**
 * The board as two tables that are in no write-ahead log: a row for each person of a node, written when they come, go or
 * turn away, and one for the node, whose lease alone is renewed. Leases run by the database's clock. When something has
 * failed, as when the database was restarted and the tables are empty, the node writes all that it knows anew.
 */
export function createDatabasePresenceBoard({ database, now }: DatabasePresenceBoardOptions): PresenceBoard {
  const node = randomUUID()
  /** When the lease was renewed; undefined: the board may not be what this node has told it. */
  let renewedAt: number | undefined
  const until = (seconds: number) => sql`now() + ${seconds} * interval '1 second'`

  async function renew(): Promise<boolean> {
    const { rows } =
      await sql`update presence_nodes set until = ${until(LEASE_SECONDS)} where id = ${node}::uuid returning id`.execute(
        database.system,
      )
    return rows.length > 0
  }

  /** Begins with an empty page, and takes away those of nodes that died. */
  async function register(): Promise<void> {
    await sql`delete from presence_nodes where id = ${node}::uuid or until < ${until(-LEASE_SECONDS)}`.execute(
      database.system,
    )
    await sql`insert into presence_nodes (id, until) values (${node}::uuid, ${until(LEASE_SECONDS)})`.execute(
      database.system,
    )
  }

  async function write(changed: readonly Movement[]): Promise<void> {
    if (changed.length === 0) return
    await sql`
      with changed as materialized (
        select * from unnest(
          ${changed.map(({ organizationId }) => organizationId)}::uuid[], ${changed.map(({ id }) => id)}::uuid[],
          ${changed.map(({ personId }) => personId)}::uuid[], ${changed.map(({ away }) => away)}::boolean[]
        ) as c (organization_id, place_id, person_id, away)
      ), gone as (
        delete from presence p using changed c
        where c.away is null and p.node_id = ${node}::uuid and p.organization_id = c.organization_id
          and p.place_id = c.place_id and p.person_id = c.person_id
      )
      insert into presence (organization_id, place_id, person_id, node_id, away)
      select organization_id, place_id, person_id, ${node}::uuid, away from changed where away is not null
      on conflict (organization_id, place_id, person_id, node_id) do update set away = excluded.away`.execute(
      database.system,
    )
  }

  return {
    async tell(changed, everything) {
      const [at, before] = [now(), renewedAt]
      // A clock that was set back must not keep the lease from being renewed.
      const isFresh = before !== undefined && before <= at && at < before + RENEW_MS
      renewedAt = undefined
      const isKnown = before !== undefined && (isFresh || (await renew()))
      if (!isKnown) await register()
      await write(isKnown ? changed : everything())
      renewedAt = isFresh ? before : at
    },
    async find(places: readonly Place[]) {
      const { rows } = await sql<{ organization_id: string; place_id: string; person_id: string; away: boolean }>`
        select p.organization_id, p.place_id, p.person_id, bool_and(p.away) as away
        from unnest(
          ${places.map(({ organizationId }) => organizationId)}::uuid[], ${places.map(({ id }) => id)}::uuid[]
        ) as w (organization_id, place_id)
        join presence p on p.organization_id = w.organization_id and p.place_id = w.place_id
        join presence_nodes n on n.id = p.node_id
        where n.id <> ${node}::uuid and n.until > now() group by 1, 2, 3`.execute(database.system)
      return rows.map((row) => ({
        organizationId: row.organization_id,
        id: row.place_id,
        personId: row.person_id,
        away: row.away,
      }))
    },
    async close() {
      const end = sql`update presence_nodes set until = least(until, ${until(GRACE_SECONDS)}) where id = ${node}::uuid`
      // Without it the lease runs out by itself.
      await end.execute(database.system).catch(() => {})
    },
  }
}
