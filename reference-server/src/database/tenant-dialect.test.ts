import { randomUUID } from 'node:crypto'
import { DEFAULT_WIDGET_SETTINGS } from '@chatdesk/protocol/schemas'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createDatabase } from './create-database.js'
import type { Tables } from './tables.js'
import { OF_NO_TENANT } from './tenant-wall.js'

const found = async (test: TestDatabase, name: string) => {
  const id = randomUUID()
  await test.database.system.insertInto('organizations').values({ id, name, created_at: new Date() }).execute()
  return id
}
const widgetOf = (organizationId: string) => ({
  organization_id: organizationId,
  id: randomUUID(),
  key: `wk_${randomUUID()}`,
  name: 'Widget',
  settings: JSON.stringify(DEFAULT_WIDGET_SETTINGS),
  allowed_origins: [],
  follow_up: null,
  created_at: new Date(),
  updated_at: new Date(),
})

describe.each(TEST_DATABASES)('row-level security on %s', (kind) => {
  let test: TestDatabase
  let ours: string
  let theirs: string
  beforeAll(async () => {
    test = await createTestDatabase(kind)
    ours = await found(test, 'Ours')
    theirs = await found(test, 'Theirs')
    for (const id of [ours, theirs]) await test.database.of(id).insertInto('widgets').values(widgetOf(id)).execute()
  })
  afterAll(() => test.drop())

  it('threat 25: hides what is not of the organization, whatever the query asks for', async () => {
    const seen = await test.database.of(ours).selectFrom('widgets').select('organization_id').execute()
    expect(seen).toEqual([{ organization_id: ours }])
    expect(await test.database.of(ours).selectFrom('organizations').select('id').execute()).toEqual([{ id: ours }])
    expect(await test.database.of(ours, theirs).selectFrom('widgets').select('id').execute()).toHaveLength(2)
    expect(await test.database.of().selectFrom('widgets').select('id').execute()).toEqual([])
  })

  it('threat 25: changes and deletes nothing of others, and makes nothing for them', async () => {
    const query = test.database.of(ours)
    const changed = await query.updateTable('widgets').set({ name: 'Stolen' }).executeTakeFirst()
    expect(changed.numUpdatedRows).toBe(1n)
    const deleted = await query.deleteFrom('widgets').where('organization_id', '=', theirs).executeTakeFirst()
    expect(deleted.numDeletedRows).toBe(0n)
    await expect(query.insertInto('widgets').values(widgetOf(theirs)).execute()).rejects.toThrow('row-level security')
    await expect(
      query
        .updateTable('widgets')
        .set({ organization_id: theirs } as never)
        .execute(),
    ).rejects.toThrow('row-level security')
    const names = await test.database.system
      .selectFrom('widgets')
      .select('name')
      .where('organization_id', '=', theirs)
      .execute()
    expect(names).toEqual([{ name: 'Widget' }])
  })

  it('a transaction of one organization is taken back as a whole', async () => {
    const attempt = test.database.transaction(ours, async (transaction) => {
      await transaction.insertInto('widgets').values(widgetOf(ours)).execute()
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(await test.database.of(ours).selectFrom('widgets').select('id').execute()).toHaveLength(1)
  })

  it('takes nothing but ids into its statement', () => {
    expect(() => test.database.of(`${ours}'; drop table widgets; --`)).toThrow('UUID')
  })

  it('threat 25: every table with an organization is behind it', async () => {
    const { rows } = await sql<{ table: string }>`
      select c.relname as table from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'))`.execute(
      test.database.system,
    )
    expect(rows.map(({ table }) => table)).toEqual(OF_NO_TENANT)
  })

  it('threat 26: the role of a tenant owns nothing and bypasses nothing', async () => {
    const { rows } = await sql<{ role: string; bypass: boolean; active: boolean }>`
      select current_user as role, r.rolbypassrls or r.rolsuper as bypass,
        row_security_active('widgets') and row_security_active('events') as active
      from pg_roles r where r.rolname = current_user`.execute(test.database.of(ours))
    expect(rows).toEqual([{ role: 'chatdesk_tenant', bypass: false, active: true }])
  })
})

it('threat 27: no connection takes a tenant along into the pool, in 10,000 transactions on two of them', async () => {
  const test = await createTestDatabase('Postgres')
  const database = createDatabase({ url: test.url ?? '', poolSize: 2 })
  const tenants = await Promise.all(['a', 'b', 'c'].map((name) => found(test, name)))
  for (const id of tenants) await database.of(id).insertInto('widgets').values(widgetOf(id)).execute()
  const seen = { own: 0, all: 0, refused: 0, takenBack: 0 }
  const owners = async (query: Kysely<Tables>) =>
    (await query.selectFrom('widgets').select('organization_id').execute()).map((row) => row.organization_id)
  /** What each connection says of itself that it is not in anybody's name. */
  const unbound = sql<{ role: boolean; named: string | null }>`
    select current_user = session_user as role, nullif(current_setting('chatdesk.organizations', true), '') as named`
  const ways: ((id: string) => Promise<void>)[] = [
    async (id) => {
      expect(await owners(database.of(id))).toEqual([id])
      seen.own++
    },
    // Ends in the middle of a statement.
    async (id) => {
      const foreign = database.of(id).insertInto('widgets').values(widgetOf(randomUUID())).execute()
      await expect(foreign).rejects.toThrow('row-level security')
      seen.refused++
    },
    // Ends in the middle of a transaction.
    async (id) => {
      const attempt = database.transaction(id, async (transaction) => {
        await transaction.insertInto('widgets').values(widgetOf(id)).execute()
        expect(await owners(transaction)).toEqual([id, id])
        throw new Error('taken back')
      })
      await expect(attempt).rejects.toThrow('taken back')
      seen.takenBack++
    },
    async () => {
      expect((await owners(database.system)).sort()).toEqual([...tenants].sort())
      expect((await unbound.execute(database.system)).rows).toEqual([{ role: true, named: null }])
      seen.all++
    },
  ]
  for (let round = 0; round < 100; round++)
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => ways[index % ways.length]?.(tenants[(round + index) % 3] ?? '')),
    )
  expect(seen).toEqual({ own: 2_500, all: 2_500, refused: 2_500, takenBack: 2_500 })
  await database.close()
  await test.drop()
}, 120_000)
