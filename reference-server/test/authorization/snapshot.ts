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

/**
 * Keeps a copy of all rows in a schema of its own, and from then on a note of each table that a statement writes to:
 * the others stand as they stood.
 */
export async function takeSnapshot(database: Database, tables: readonly TenantTable[]): Promise<Snapshot> {
  const run = (statements: readonly string[]) =>
    database.transaction('system', async (transaction) => {
      for (const statement of statements) await sql.raw(statement).execute(transaction)
    })
  await run([
    'create schema kept',
    ...tables.map(({ name }) => `create table kept.${name} as select * from public.${name}`),
    'create table kept.written (name text not null)',
    // Of whoever writes, whatever that role may.
    `create function kept.note() returns trigger language plpgsql security definer as
      $$ begin insert into kept.written values (tg_table_name); return null; end $$`,
    ...tables.map(
      ({ name }) => `create trigger kept_note after insert or update or delete or truncate on public.${name}
        for each statement execute function kept.note()`,
    ),
  ])
  const columnsOf = ({ columns }: TenantTable) =>
    columns
      .filter(({ generated }) => !generated)
      .map(({ name }) => `"${name}"`)
      .join(', ')
  const restoring = (table: TenantTable) => [
    `delete from public.${table.name}`,
    `insert into public.${table.name} (${columnsOf(table)}) overriding system value select ${columnsOf(table)} from kept.${table.name}`,
  ]
  const restore = () =>
    database.transaction('system', async (transaction) => {
      const execute = (statement: string) => sql.raw<{ name: string }>(statement).execute(transaction)
      const { rows } = await execute('delete from kept.written returning name')
      const written = new Set(rows.map(({ name }) => name))
      // Neither triggers nor foreign keys: the copy is whole.
      await execute('set local session_replication_role = replica')
      for (const table of tables)
        if (written.has(table.name)) for (const statement of restoring(table)) await execute(statement)
    })
  const digestOf = (schema: 'public' | 'kept', { name, owner, columns }: TenantTable) => {
    const steady = columns.filter((column) => !MOVING.has(column.name)).map((column) => `t."${column.name}"`)
    return `select '${name}' as name, md5(coalesce(string_agg(row_hash, '' order by row_hash), '')) as digest from (
      select md5(row(${steady.join(', ')})::text) as row_hash from ${schema}.${name} t where t.${owner} = $1::uuid) hashes`
  }
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
  const digests = async (schema: 'public' | 'kept', those: readonly TenantTable[], organizationId: string) => {
    if (those.length === 0) return {}
    const text = those.map((table) => digestOf(schema, table)).join(' union all ')
    const rows = await query<{ name: string; digest: string }>(text, organizationId)
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }
  const asKept = new Map<string, Promise<Record<string, string>>>()
  return {
    restore: () => unlessDeadlocked(restore),
    async digest(organizationId) {
      const kept = asKept.get(organizationId) ?? digests('kept', tables, organizationId)
      asKept.set(organizationId, kept)
      const { rows } = await sql<{ name: string }>`select distinct name from kept.written`.execute(database.system)
      const written = tables.filter((table) => rows.some(({ name }) => name === table.name))
      return { ...(await kept), ...(await digests('public', written, organizationId)) }
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
