import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTenant } from '../../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { policyWithoutWish } from './0041-policy-without-wish.js'

describe.each(TEST_DATABASES)('policies of an earlier version, on %s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  it.each([
    ['loses what decided nothing', { ...DEFAULT_ASSISTANT_POLICY, humanAt: 0.6 }, DEFAULT_ASSISTANT_POLICY],
    ['asks not everybody', { ...DEFAULT_ASSISTANT_POLICY, leadAt: 0 }, { ...DEFAULT_ASSISTANT_POLICY, leadAt: 0.01 }],
    ['stays unsaid', null, null],
  ])('%s', async (_, before, after) => {
    const tenant = await createTenant(test.database)
    const { widgetId } = await tenant.addVisitor()
    const stored = before === null ? null : JSON.stringify(before)
    await sql`update widgets set assistant_policy = ${stored}::jsonb where id = ${widgetId}::uuid`.execute(
      test.database.system,
    )
    await policyWithoutWish.up(test.database.system)
    const { rows } = await sql<{ policy: object | null }>`
      select assistant_policy as policy from widgets where id = ${widgetId}::uuid`.execute(test.database.system)
    expect(rows).toEqual([{ policy: after }])
  })
})
