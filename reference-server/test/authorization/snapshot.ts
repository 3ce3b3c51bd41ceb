import type { Database } from '@chatdesk/server'
import { sql } from 'kysely'
import type { TenantTable } from './tables.js'

/** What tells nothing but that somebody was there. */
const MOVING = new Set(['last_seen_at', 'last_used_at', 'version_at'])

/** PostgreSQL's code of it. */
const DEADLOCK = '40P01'

/** The rows as they stood, to compare with and to go back to. */
export interface Snapshot {
  /** Puts every row back as it stood. */
  restore(): Promise<void>
  /** A digest of each table's rows of one organization, but for when somebody was there last. */
  digest(organizationId: string): Promise<Record<string, string>>
  /** Rows of each table that hold this text somewhere. */
  tablesWith(text: string): Promise<string[]>
}

/** Keeps a copy of all rows in a schema of its own. */
export async function takeSnapshot(database: Database, tables: readonly TenantTable[]): Promise<Snapshot> {
  const run = (statements: readonly string[]) =>
    database.transaction('system', async (transaction) => {
      for (const statement of statements) await sql.raw(statement).execute(transaction)
    })
  await run([
    'create schema kept',
    ...tables.map(({ name }) => `create table kept.${name} as select * from public.${name}`),
  ])
  const columnsOf = ({ columns }: TenantTable) =>
    columns
      .filter(({ generated }) => !generated)
      .map(({ name }) => `"${name}"`)
      .join(', ')
  const restoring = [
    // Neither triggers nor foreign keys: the copy is whole.
    'set local session_replication_role = replica',
    ...tables.flatMap((table) => [
      `delete from public.${table.name}`,
      `insert into public.${table.name} (${columnsOf(table)}) overriding system value select ${columnsOf(table)} from kept.${table.name}`,
    ]),
  ]
  const digests = tables.map(({ name, owner, columns }) => {
    const steady = columns.filter((column) => !MOVING.has(column.name)).map((column) => `t."${column.name}"`)
    return `select '${name}' as name, md5(coalesce(string_agg(row_hash, '' order by row_hash), '')) as digest from (
      select md5(row(${steady.join(', ')})::text) as row_hash from public.${name} t where t.${owner} = $1::uuid) hashes`
  })
  const searches = tables.map(
    ({ name }) => `select '${name}' as name from public.${name} t where strpos(t::text, $1) > 0`,
  )
  const query = async <T>(text: string, value: string) => {
    const pieces = text.split('$1')
    const statement = sql.join(
      pieces.flatMap((piece, index) => (index === 0 ? [sql.raw(piece)] : [sql`${value}`, sql.raw(piece)])),
      sql``,
    )
    return (await sql<T>`${statement}`.execute(database.system)).rows
  }
  return {
    restore: () => unlessDeadlocked(() => run(restoring)),
    async digest(organizationId) {
      const rows = await query<{ name: string; digest: string }>(digests.join(' union all '), organizationId)
      return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
    },
    async tablesWith(text) {
      const rows = await query<{ name: string }>(searches.join(' union '), text)
      return rows.map(({ name }) => name)
    },
  }
}

/** The server's own sweeps go on meanwhile; of two that wait for each other, Postgres ends one, which may begin anew. */
async function unlessDeadlocked(work: () => Promise<void>): Promise<void> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK) throw error
    }
}
