import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'

describe.each(TEST_DATABASES)('the indexes on %s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  it('give a planner without statistics no choice between two that begin with the organization', async () => {
    const { rows } = await sql<{ table: string }>`
      select i.indrelid::regclass::text as table from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where a.attname = 'organization_id' and i.indpred is null
      group by 1 having count(*) > 1`.execute(test.database.system)
    expect(rows).toEqual([])
  })
})
