import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InputSchema } from '../../src/http/access.js'
import { bodyOf, changed, isFault, lowestCallerOf, pathOf, send } from './calls.js'
import { type DeclaredRoute, mayCross } from './expected.js'
import { createStage, type Stage } from './stage.js'
import { listTenantTables } from './tables.js'

/** Stands in what a body should not set. */
const MARK = 'mass-assigned-by-a-body'

let stage: Stage
/** Every column of every table, as the database and as JavaScript writes it. */
let names: string[]
let before: Record<string, string>
beforeAll(async () => {
  stage = await createStage('Postgres')
  const tables = await listTenantTables(stage.server.database)
  const columns = new Set(tables.flatMap((table) => table.columns.map(({ name }) => name)))
  const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  names = [...new Set([...columns].flatMap((name) => [name, camelCase(name)]))]
  before = await stage.snapshot.digest(stage.foreignId)
})
afterAll(() => stage.close())

/** One of each thing that a name may stand for: a text where it is searched for, and what would do the most harm. */
const valueFor = (name: string) =>
  name === 'role' ? 'super_admin' : /^organization_?id$/i.test(name) ? stage.foreignId : MARK

/** Names that the schema lets through with what they were given. */
function namesTaken(schema: InputSchema, valid: object, extra: readonly string[]): string[] {
  return extra.filter((name) => {
    const parsed = schema.safeParse({ ...valid, [name]: MARK })
    return parsed.success && JSON.stringify(parsed.data).includes(MARK)
  })
}

async function trySetting(route: DeclaredRoute, schema: InputSchema): Promise<string[]> {
  const valid = bodyOf(route, stage.own) as object
  const extra = names.filter((name) => !Object.hasOwn(valid, name))
  const wrong = namesTaken(schema, valid, extra).map((name) => `takes ${name}`)
  const { actor, headers } = lowestCallerOf(stage, route)
  const body = { ...Object.fromEntries(extra.map((name) => [name, valueFor(name)])), ...valid }
  const { status } = await send(stage, route, { path: pathOf(route, () => stage.own), body }, headers)
  if (isFault(status)) wrong.push(`a fault of ours: ${status}`)
  wrong.push(...(await stage.snapshot.tablesWith(MARK)).map((table) => `wrote it into ${table}`))
  if (!mayCross(route, actor)) wrong.push(...changed(before, await stage.snapshot.digest(stage.foreignId)))
  await stage.snapshot.restore()
  return wrong.map((text) => `${route.method} ${route.path}: ${text}`)
}

it('threat 32: no column of any table is set by its name in a body', async () => {
  expect(names.length).toBeGreaterThan(50)
  const deviations: string[] = []
  for (const route of stage.routes)
    if (route.input.body) deviations.push(...(await trySetting(route, route.input.body)))
  expect(deviations).toEqual([])
}, 300_000)
