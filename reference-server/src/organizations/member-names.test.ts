import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('the names of members on %s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  it('[C21] threat 29: are those of the organization, and of nobody else', async () => {
    const [ours, theirs] = [await createTenant(test.database), await createTenant(test.database)]
    const [asha, ravi, eve] = [await ours.addMember(), await ours.addMember(), await theirs.addMember()]
    const ids = [asha.memberId, ravi.memberId, eve.memberId, randomUUID()]
    const named = await ours.backend.loadMemberNames(ours.organizationId, ids)
    const expected = [asha, ravi].map(({ memberId, name }) => ({ id: memberId, name }))
    expect(named.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)))
  })
})
