import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** What of an organization outlives it. */
const KEPT = ['audit_entries']

interface Reference {
  child: string
  parent: string
}

/**
 * Deletes an organization with all rows that name it, whatever tables there are: those that refer to others first. So a
 * table that comes later is not forgotten, and none needs a cascade that a slip could set off.
 */
export async function deleteRowsOf(transaction: Transaction<Tables>, organizationId: string): Promise<void> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'organization_id' and not a.attisdropped
    order by 1`.execute(transaction)
  const { rows: references } = await sql<Reference>`
    select distinct child.relname as child, parent.relname as parent from pg_constraint k
    join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f' and child.relnamespace = 'public'::regnamespace and k.confdeltype in ('a', 'r')`.execute(
    transaction,
  )
  // There may be very many, and no index of theirs begins with the organization.
  await sql`set local statement_timeout = 0`.execute(transaction)
  await sql`delete from events where organization_id = ${organizationId}::uuid and conversation_id in (
    select id from conversations where organization_id = ${organizationId}::uuid)`.execute(transaction)
  const names = tables.map(({ name }) => name).filter((name) => name !== 'events' && !KEPT.includes(name))
  for (const name of childrenFirst(names, references))
    await sql`delete from ${sql.table(name)} where organization_id = ${organizationId}::uuid`.execute(transaction)
  await sql`delete from organizations where id = ${organizationId}::uuid`.execute(transaction)
}

/** So ordered that no table comes before one that refers to it. */
export function childrenFirst(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = []
  const left = new Set(tables)
  while (left.size > 0) {
    const isFree = (table: string) =>
      !references.some(({ child, parent }) => parent === table && child !== table && left.has(child))
    const free = [...left].filter(isFree)
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left].join(', ')}`)
    ordered.push(...free)
    for (const table of free) left.delete(table)
  }
  return ordered
}
