import { ChatError, type Department } from '@chatdesk/protocol'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

const UNIQUE_VIOLATION = '23505'

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
  const before = await holdDepartment(transaction, which)
  const { name = before.name, description = before.description } = input
  try {
    await transaction
      .updateTable('departments')
      .set({ name, description })
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', which.departmentId)
      .execute()
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION ? taken() : error
  }
  return { before, after: { ...before, name, description } }
}

/** Takes a department away; widgets stop offering it. */
export async function deleteDepartment(transaction: Transaction<Tables>, which: Which): Promise<Department> {
  // Widgets first, as whoever changes one holds it first; and those that came to offer it before it was held.
  await stopOffering(transaction, which)
  const department = await holdDepartment(transaction, which)
  await stopOffering(transaction, which)
  await transaction
    .deleteFrom('departments')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.departmentId)
    .execute()
  return department
}

async function stopOffering(transaction: Transaction<Tables>, { organizationId, departmentId }: Which): Promise<void> {
  await sql`
    update widgets set settings = jsonb_set(settings, '{departmentIds}', (settings -> 'departmentIds') - ${departmentId}::text)
    where organization_id = ${organizationId}::uuid and settings -> 'departmentIds' ? ${departmentId}`.execute(
    transaction,
  )
}

/** The department, which nobody else changes, nor offers in a widget, until the transaction ends. */
async function holdDepartment(transaction: Transaction<Tables>, which: Which): Promise<Department> {
  const row = await transaction
    .selectFrom('departments')
    .selectAll()
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.departmentId)
    .forUpdate()
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
