import { randomUUID } from 'node:crypto'
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

  it('serve the views of the inbox in their order, and a search for words', async () => {
    const organizationId = randomUUID()
    const planOf = (statement: string) =>
      test.database.transaction(organizationId, async (transaction) => {
        // Of a table with no rows it is all the same to the planner.
        await sql`set local enable_seqscan = off`.execute(transaction)
        await sql`set local enable_sort = off`.execute(transaction)
        const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(statement)}`.execute(transaction)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
    const inOrder = "created_at > '-infinity' and status <> 'resolved' order by listed_at desc, id desc limit 50"
    const all = await planOf(`select id from conversations where organization_id = '${organizationId}' and ${inOrder}`)
    expect(all).toContain('conversations_organization_id_listed_at_id_idx')
    expect(all).not.toContain('Sort')
    // Row-level security keeps this one from the index of words: only the function may use it.
    const words = `select id from search_entries where words @@ '''a:b'':*'`
    expect(await planOf(words)).not.toContain('search_entries_words_idx')
  })
})
