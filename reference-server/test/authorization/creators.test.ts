import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, pathOf, send } from './calls.js'
import { createStage, type Stage } from './stage.js'
import { listTenantTables } from './tables.js'

/** Tables whose rows are made by nothing yet that a request could ask for. */
const MADE_BY_NO_ROUTE = ['spam_rules']
/** What is the team's own work: no guest makes it. */
const MADE_BY_NO_GUEST = ['tickets']

let stage: Stage
/** Every table that says who has made a row. */
let tables: string[]
beforeAll(async () => {
  stage = await createStage('Postgres')
  const all = await listTenantTables(stage.server.database)
  tables = all.filter(({ columns }) => columns.some(({ name }) => name === 'created_by')).map(({ name }) => name)
})
afterAll(() => stage.close())

interface Made {
  table: string
  id: string
  created_by: string | null
}

async function rowsMade(): Promise<Made[]> {
  const queries = tables.map(
    (table) => sql`select ${table} as table, id, created_by from ${sql.table(table)}
      where organization_id = ${stage.ownId}::uuid`,
  )
  const { rows } = await sql<Made>`${sql.join(queries, sql` union all `)}`.execute(stage.server.database.system)
  return rows
}

/** What this caller makes by calling every route that takes a body. */
async function makeAll(name: string): Promise<(Made & { status: number; route: string })[]> {
  const before = new Set((await rowsMade()).map(({ id }) => id))
  const made: (Made & { status: number; route: string })[] = []
  for (const route of stage.routes.filter(({ method, input }) => method === 'post' && input.body)) {
    const call = { path: pathOf(route, () => stage.own), body: bodyOf(route, stage.own) }
    const { status } = await send(stage, route, call, stage.caller(name).headers)
    const rows = (await rowsMade()).filter(({ id }) => !before.has(id))
    made.push(...rows.map((row) => ({ ...row, status, route: route.path })))
    if (status < 300) await stage.snapshot.restore()
  }
  return made
}

describe('threat 38: who is written down as the maker of a thing', () => {
  it.each(['super_admin', 'visiting super_admin'])(
    'is a member of its organization, or nobody: for a %s',
    async (name) => {
      const { id } = await stage.server.database.system
        .selectFrom('members')
        .select('id')
        .where('organization_id', '=', stage.ownId)
        .where('role', '=', 'super_admin')
        .executeTakeFirstOrThrow()
      const made = await makeAll(name)
      const unmade = [...MADE_BY_NO_ROUTE, ...(name === 'super_admin' ? [] : MADE_BY_NO_GUEST)]
      expect([...new Set(made.map(({ table }) => table)), ...unmade].sort()).toEqual(tables)
      // What a new widget knows from the start has no maker either.
      const named = made.filter(({ route, table }) => !(route.endsWith('/widgets') && table === 'knowledge_entries'))
      const maker = name === 'super_admin' ? id : null
      expect(named.filter(({ created_by }) => created_by !== maker)).toEqual([])
      expect(made.filter(({ status }) => status !== 201)).toEqual([])
    },
  )
})
