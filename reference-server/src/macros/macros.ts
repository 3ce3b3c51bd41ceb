import { ChatError, type Macro, type MacroAction } from '@chatdesk/protocol'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** An organization has at most so many: more are no help to anybody. */
const MOST_MACROS = 100
const UNIQUE_VIOLATION = '23505'

/** Which macro. */
export interface WhichMacro {
  organizationId: string
  macroId: string
}

/** An organization's macros, by name. */
export async function listMacros(query: Kysely<Tables>, organizationId: string): Promise<Macro[]> {
  const rows = await query
    .selectFrom('macros')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute()
  return rows.map(macroOf)
}

/** One macro; throws `NOT_FOUND`. */
export async function loadMacro(query: Kysely<Tables>, { organizationId, macroId }: WhichMacro): Promise<Macro> {
  const row = await query
    .selectFrom('macros')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', macroId)
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such macro.')
  return macroOf(row)
}

/** Makes a macro; its name must be new in the organization. */
export async function createMacro(
  transaction: Transaction<Tables>,
  input: Pick<Macro, 'id' | 'name' | 'actions'> & { organizationId: string; createdBy: string | null; now: Date },
): Promise<Macro> {
  const { organizationId, id, name, actions, createdBy, now } = input
  const { count } = await transaction
    .selectFrom('macros')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_MACROS) throw new ChatError('FORBIDDEN', `There are ${MOST_MACROS} macros already.`)
  await requireNamed(transaction, organizationId, actions)
  const row = await transaction
    .insertInto('macros')
    .values({
      ...{ organization_id: organizationId, id, name, actions: JSON.stringify(actions) },
      ...{ created_at: now, updated_at: now, created_by: createdBy },
    })
    .onConflict((conflict) => conflict.columns(['name', 'organization_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw taken()
  return macroOf(row)
}

/** Changes what is given; answers with the macro as it was and as it is. */
export async function updateMacro(
  transaction: Transaction<Tables>,
  which: WhichMacro,
  { name, actions }: { name?: string | undefined; actions?: MacroAction[] | undefined },
  now: Date,
): Promise<{ before: Macro; after: Macro }> {
  const before = await holdMacro(transaction, which)
  if (actions) await requireNamed(transaction, which.organizationId, actions)
  try {
    const row = await transaction
      .updateTable('macros')
      .set({
        name: name ?? before.name,
        actions: JSON.stringify(actions ?? before.actions),
        updated_at: now,
      })
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', which.macroId)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { before, after: macroOf(row) }
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION ? taken() : error
  }
}

/** Takes a macro away; what it has done stays. */
export async function deleteMacro(transaction: Transaction<Tables>, which: WhichMacro): Promise<Macro> {
  const macro = await holdMacro(transaction, which)
  await transaction
    .deleteFrom('macros')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.macroId)
    .execute()
  return macro
}

async function holdMacro(transaction: Transaction<Tables>, { organizationId, macroId }: WhichMacro): Promise<Macro> {
  const row = await transaction
    .selectFrom('macros')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', macroId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such macro.')
  return macroOf(row)
}

/** Whatever an action names is the organization's: what has gone since is found out when the macro is run. */
async function requireNamed(
  transaction: Transaction<Tables>,
  organizationId: string,
  actions: readonly MacroAction[],
): Promise<void> {
  for (const [index, action] of actions.entries()) {
    const named = namedBy(action)
    if (!named) continue
    const { rows } = await sql`select id from ${sql.table(named.table)}
      where organization_id = ${organizationId}::uuid and id = ${named.id}::uuid`.execute(transaction)
    const field = `actions.${index}.${named.field}`
    if (rows.length === 0) throw new ChatError('VALIDATION_FAILED', `${field}: there is no such thing.`, { field })
  }
}

function namedBy(action: MacroAction): { table: keyof Tables; field: string; id: string } | undefined {
  switch (action.type) {
    case 'assign':
      return action.agentId === 'me' ? undefined : { table: 'members', field: 'agentId', id: action.agentId }
    case 'release':
      if (action.departmentId === null) return undefined
      return { table: 'departments', field: 'departmentId', id: action.departmentId }
    case 'tag':
    case 'untag':
      return { table: 'tags', field: 'tagId', id: action.tagId }
    default:
      return undefined
  }
}

function macroOf(row: Selectable<Tables['macros']>): Macro {
  return { id: row.id, name: row.name, actions: row.actions, updatedAt: row.updated_at.toISOString() }
}

function taken(): ChatError {
  return new ChatError('VALIDATION_FAILED', 'name: there is a macro of this name.', { field: 'name' })
}
