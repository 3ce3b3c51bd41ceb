import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@chatdesk/server'
import { sql } from 'kysely'
import { OF_NO_TENANT } from '../../src/database/tenant-wall.js'

/** One column as the catalogue has it. */
interface Column {
  name: string
  type: string
  required: boolean
  hasDefault: boolean
  generated: boolean
  /** The database counts it on by itself. */
  numbered: boolean
}

/** One table of an organization's rows. */
export interface TenantTable {
  name: string
  /** The column that says whose a row is. */
  owner: string
  columns: readonly Column[]
  references: readonly { table: string; columns: readonly { own: string; other: string }[] }[]
  checks: readonly { name: string; columns: readonly string[]; definition: string }[]
}

/** A row as the driver gives it. */
export type Row = Record<string, unknown>

/** Every table whose rows belong to one organization, and how they hang together: read from the catalogue, so that a new one is in it. */
export async function listTenantTables(database: Database): Promise<TenantTable[]> {
  const { rows } = await sql<TenantTable>`
    select c.relname as name, case when c.relname = 'organizations' then 'id' else 'organization_id' end as owner,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'required', a.attnotnull, 'hasDefault', a.atthasdef, 'generated', a.attgenerated <> '', 'numbered', a.attidentity <> '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(json_build_object('table', f.confrelid::regclass::text, 'columns', (
          select json_agg(json_build_object('own', o.attname, 'other', r.attname))
          from unnest(f.conkey, f.confkey) as k (own, other)
          join pg_attribute o on o.attrelid = f.conrelid and o.attnum = k.own
          join pg_attribute r on r.attrelid = f.confrelid and r.attnum = k.other))), '[]')
        from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as references,
      (select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid), 'columns', (
          select coalesce(json_agg(a.attname), '[]') from pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey)))), '[]')
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks
    from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and (c.relname = 'organizations' or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped))
    order by c.relname`.execute(database.system)
  return rows.filter(({ name }) => !OF_NO_TENANT.includes(name))
}

/** One row of each table, all of one organization. */
export type TenantRows = ReadonlyMap<string, Row>

/**
 * Puts a row into every table where this organization has none yet, with `mark` in each text that takes it, and answers
 * with one row of each. Fails with the table's name where it cannot.
 */
export async function fillTables(
  database: Database,
  tables: readonly TenantTable[],
  { organizationId, mark }: { organizationId: string; mark: string },
): Promise<TenantRows> {
  const rows = new Map<string, Row>()
  const under = new Set<string>()
  const rowOf = async (name: string): Promise<Row | undefined> => {
    const known = rows.get(name)
    const table = tables.find((candidate) => candidate.name === name)
    // A circle: the other table's reference may be empty.
    if (known || !table || under.has(name)) return known
    under.add(name)
    const found = await sql<Row>`
      select * from ${sql.table(name)} where ${sql.ref(table.owner)} = ${organizationId}::uuid limit 1`.execute(
      database.system,
    )
    const row = found.rows[0] ?? (await insertRow(table))
    under.delete(name)
    rows.set(name, row)
    return row
  }
  const insertRow = async (table: TenantTable): Promise<Row> => {
    const given = new Map<string, unknown>([[table.owner, organizationId]])
    for (const { table: other, columns } of table.references) {
      const row = await rowOf(other)
      for (const { own, other: key } of columns) if (!given.has(own)) given.set(own, row?.[key] ?? null)
    }
    // The log has no foreign keys, and names its conversation all the same.
    for (const { name } of table.columns.filter((column) => !given.has(column.name) && column.name.endsWith('_id'))) {
      const row = await rowOf(`${name.slice(0, -'_id'.length)}s`)
      if (row) given.set(name, row.id)
    }
    return insertFirstThatFits(database, table, given, mark)
  }
  for (const { name } of tables) await rowOf(name)
  return rows
}

/** Puts in a row; whatever a check refuses is tried with another value, as far as there are any. */
async function insertFirstThatFits(
  database: Database,
  table: TenantTable,
  given: ReadonlyMap<string, unknown>,
  mark: string,
): Promise<Row> {
  const open = table.columns.filter(({ name, generated, numbered }) => !generated && !numbered && !given.has(name))
  const candidates = new Map(
    open.map((column) => [column.name, valuesFor(column, `${mark} ${table.name}.${column.name}`.toLowerCase(), table)]),
  )
  const typeOf = (name: string) => sql.raw(table.columns.find((column) => column.name === name)?.type ?? 'text')
  /** Of references that do not stand together, those that are left empty. */
  const left = new Set<string>()
  for (;;) {
    const chosen = [...candidates].map(([name, [value]]): [string, unknown] => [name, value])
    const values = [...given, ...chosen].filter(([name, value]) => value !== undefined && !left.has(name))
    try {
      const { rows } = await sql<Row>`
        insert into ${sql.table(table.name)} (${sql.join(values.map(([name]) => sql.ref(name)))})
        values (${sql.join(values.map(([name, value]) => sql`${value}::${typeOf(name)}`))}) returning *`.execute(
        database.system,
      )
      return rows[0] as Row
    } catch (error) {
      const { constraint, message } = error as { constraint?: string; message: string }
      const check = table.checks.find(({ name }) => name === constraint)
      const next = check?.columns.find((name) => (candidates.get(name)?.length ?? 0) > 1)
      const reference = check?.columns.find(
        (name) => given.has(name) && !left.has(name) && !table.columns.find((column) => column.name === name)?.required,
      )
      if (next) candidates.get(next)?.shift()
      else if (reference) left.add(reference)
      else throw new Error(`No row can be put into ${table.name}, teach tables.ts how: ${message}`)
    }
  }
}

/** What a column may be given, best first; undefined: its default. */
function valuesFor({ name, type, required, hasDefault }: Column, mark: string, { checks }: TenantTable): unknown[] {
  const otherwise = hasDefault ? [undefined] : required ? [] : [null]
  switch (type) {
    case 'text': {
      const definitions = checks.filter(({ columns }) => columns.includes(name)).map(({ definition }) => definition)
      const literals = definitions.flatMap((text) =>
        [...text.matchAll(/'([^']*)'::text/g)].map(([, literal]) => literal),
      )
      return [mark, ...otherwise, ...literals, '#000000', 'en', '2026-01-01', 'EUR']
    }
    case 'text[]':
      return [[mark], ...otherwise, []]
    case 'uuid':
      return hasDefault || !required ? otherwise : [randomUUID()]
    case 'bytea':
      return [randomBytes(32)]
    case 'timestamp with time zone':
      return !required || hasDefault ? otherwise : [/expires|until/.test(name) ? new Date('2099-01-01') : new Date()]
    case 'json':
    case 'jsonb':
      return hasDefault || !required ? otherwise : [JSON.stringify({ mark })]
    case 'boolean':
      return [...otherwise, false]
    case 'date':
      return [...otherwise, '2026-01-01']
    case 'uuid[]':
      return [...otherwise, []]
    case 'inet':
      return [...otherwise, '192.0.2.1']
    default:
      return [...otherwise, 1, 0]
  }
}
