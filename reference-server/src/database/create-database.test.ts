import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { checkDatabase, createDatabase } from './create-database.js'
import { toClientFailure } from './database-failure.js'
import { durabilityOfPostgres } from './durability.js'

describe.each(TEST_DATABASES)('%s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  it('a failed transaction leaves nothing', async () => {
    const { database } = test
    const id = '01890000-0000-7000-8000-000000000001'
    const attempt = database.transaction('system', async (transaction) => {
      await transaction.insertInto('organizations').values({ id, name: 'x', created_at: new Date() }).execute()
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(await database.system.selectFrom('organizations').selectAll().where('id', '=', id).execute()).toEqual([])
  })

  it('migrating again changes nothing', async () => {
    await test.database.migrate()
    await checkDatabase(test.database)
  })

  it('makes ids of version 7 where the database makes one itself', async () => {
    const { rows } = await sql<{ id: string }>`select uuid_v7('2026-01-01T00:00:00Z') as id`.execute(
      test.database.system,
    )
    const at = Date.UTC(2026, 0, 1).toString(16).padStart(12, '0')
    expect(rows[0]?.id).toMatch(
      new RegExp(`^${at.slice(0, 8)}-${at.slice(8)}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
    )
  })
})

describe('Postgres', () => {
  it('two processes may bring the schema up to date at the same time', async () => {
    const test = await createTestDatabase('Postgres')
    await sql`drop schema public cascade`.execute(test.database.system)
    await sql`create schema public`.execute(test.database.system)
    const other = createDatabase({ url: test.url ?? '' })
    await Promise.all([test.database.migrate(), other.migrate()])
    await checkDatabase(other)
    await other.close()
    await test.drop()
  })

  it('a database that is not there is one sentence without its password', async () => {
    const database = createDatabase({ url: 'postgres://somebody:very-secret@127.0.0.1:1/chat' })
    const failure = await database.open().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^The database at 127\.0\.0\.1:1\/chat cannot be used: .*ECONNREFUSED/),
    })
    expect(String(failure)).not.toContain('very-secret')
    await database.close()
  })

  it('threat 48: a connection that is killed between two queries of a transaction does not end the process', async () => {
    const test = await createTestDatabase('Postgres')
    const killer = createDatabase({ url: test.url ?? '' })
    const attempt = test.database.transaction('system', async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction)
      const ended = sql<{ gone: boolean }>`select not exists (
        select from pg_stat_activity where pid = ${rows[0]?.pid}) as gone`
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(killer.system)
      await expect.poll(async () => (await ended.execute(killer.system)).rows[0]?.gone).toBe(true)
      // Our end of the connection learns of it while nobody asks it anything.
      await new Promise((heard) => setImmediate(heard))
      await sql`select 1`.execute(transaction)
    })
    await expect(attempt).rejects.toThrow()
    await expect.poll(() => checkDatabase(test.database)).toBeUndefined()
    await killer.close()
    await test.drop()
  })

  it('threat 48: connections that are killed while idle neither end the process nor the next query', async () => {
    const test = await createTestDatabase('Postgres')
    const killer = createDatabase({ url: test.url ?? '' })
    await checkDatabase(test.database)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(killer.system)
    // A query that meets the dead connection may fail, but as a passing failure.
    const failure = await checkDatabase(test.database).catch(toClientFailure)
    if (failure !== undefined) expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
    await expect.poll(() => checkDatabase(test.database)).toBeUndefined()
    await killer.close()
    await test.drop()
  })
})

it('throws when PGlite is asked inside a transaction, instead of waiting for itself for ever', async () => {
  const test = await createTestDatabase('PGlite')
  const { database } = test
  const attempt = database.transaction('system', async () => {
    await sql`select 1`.execute(database.system)
  })
  await expect(attempt).rejects.toThrow('inside a transaction')
  await expect(sql`select 1 as one`.execute(database.system)).resolves.toMatchObject({ rows: [{ one: 1 }] })
  await test.drop()
})

it('nothing can be asked of a closed database', async () => {
  const database = createDatabase({ memory: true })
  await database.close()
  await expect(database.open()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await database.close()
})

it.each([
  { fsync: 'on', synchronousCommit: 'on', synchronousStandbyNames: 'other', class: 'A' },
  { fsync: 'on', synchronousCommit: 'on', synchronousStandbyNames: '', class: 'B' },
  { fsync: 'on', synchronousCommit: 'local', synchronousStandbyNames: 'other', class: 'B' },
  { fsync: 'on', synchronousCommit: 'off', synchronousStandbyNames: '', class: 'C' },
  { fsync: 'off', synchronousCommit: 'on', synchronousStandbyNames: 'other', class: 'C' },
])('names the durability class $class', ({ class: expected, ...settings }) => {
  expect(durabilityOfPostgres(settings)).toBe(expected)
})
