import { ChatError, type Department } from '@chatdesk/protocol'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** Which department. */
interface Which {
  organizationId: string
  departmentId: string
}

/** The parts of a team, by name. */
export async function listDepartments(query: Kysely<Tables>, organizationId: string): Promise<Department[]> {
  const rows = await query
    .selectFrom('departments')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute()
  return rows.map(departmentOf)
}

/** Those that a visitor's widget offers, in its order. */
export async function listOfferedDepartments(
  query: Kysely<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
): Promise<Pick<Department, 'id' | 'name' | 'description'>[]> {
  const { rows } = await sql<{ id: string; name: string; description: string }>`
    select d.id, d.name, d.description from widgets w
    cross join jsonb_array_elements_text(w.settings -> 'departmentIds') with ordinality as offered (id, place)
    join departments d on d.organization_id = w.organization_id and d.id = offered.id::uuid
    where w.organization_id = ${organizationId}::uuid and w.id = ${widgetId}::uuid
    order by offered.place`.execute(query)
  return rows
}

/** Makes a department; its name must be new in the organization. */
export async function createDepartment(
  transaction: Transaction<Tables>,
  input: { organizationId: string; id: string; name: string; description: string; createdBy: string | null; now: Date },
): Promise<Department> {
  const row = await transaction
    .insertInto('departments')
    .values({
      organization_id: input.organizationId,
      id: input.id,
      name: input.name,
      description: input.description,
      created_at: input.now,
      created_by: input.createdBy,
    })
    .onConflict((conflict) => conflict.columns(['name', 'organization_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw taken()
  return departmentOf(row)
}

/** Changes what is given; answers with the department as it was and as it is. */
export async function updateDepartment(
  transaction: Transaction<Tables>,
  which: Which,
  input: { name?: string | undefined; description?: string | undefined },
): Promise<{ before: Department; after: Department }> {
  const before = await loadDepartment(transaction, which)
  const { name = before.name, description = before.description } = input
  const { rows } = await sql<{ id: string }>`
    update departments d set name = ${name}, description = ${description}
    where d.organization_id = ${which.organizationId}::uuid and d.id = ${which.departmentId}::uuid and not exists (
      select from departments o where o.organization_id = d.organization_id and o.name = ${name} and o.id <> d.id)
    returning d.id`.execute(transaction)
  if (rows.length === 0) throw taken()
  return { before, after: { ...before, name, description } }
}

/** Takes a department away; widgets stop offering it. */
export async function deleteDepartment(transaction: Transaction<Tables>, which: Which): Promise<Department> {
  const department = await loadDepartment(transaction, which)
  await sql`
    update widgets set settings = jsonb_set(settings, '{departmentIds}', (settings -> 'departmentIds') - ${which.departmentId}::text)
    where organization_id = ${which.organizationId}::uuid and settings -> 'departmentIds' ? ${which.departmentId}`.execute(
    transaction,
  )
  await transaction
    .deleteFrom('departments')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.departmentId)
    .execute()
  return department
}

async function loadDepartment(query: Kysely<Tables>, which: Which): Promise<Department> {
  const row = await query
    .selectFrom('departments')
    .selectAll()
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.departmentId)
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such department.')
  return departmentOf(row)
}

function departmentOf(row: Selectable<Tables['departments']>): Department {
  return { id: row.id, name: row.name, description: row.description, createdAt: row.created_at.toISOString() }
}

function taken(): ChatError {
  return new ChatError('VALIDATION_FAILED', 'name: there is a department of this name.', { field: 'name' })
}
