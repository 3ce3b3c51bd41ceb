import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { isAnybodyOnDuty } from './duty.js'

describe.each(TEST_DATABASES)('who is on duty, on %s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  it('[L2] [B4] somebody of another department is nobody for this conversation', async () => {
    const tenant = await createTenant(test.database)
    const { organizationId } = tenant
    const [sales, billing] = [await tenant.addMember(), await tenant.addMember()]
    const conversationId = await tenant.addConversation(await tenant.addVisitor())
    const query = test.database.of(organizationId)
    const departmentId = randomUUID()
    const isThere = (memberId: string) =>
      isAnybodyOnDuty(
        { database: test.database, clock: () => tenant.now.value, whoIsThere: async () => new Set([memberId]) },
        { organizationId, conversationId },
      )
    expect(await isThere(sales.memberId)).toBe(true)
    await query
      .insertInto('departments')
      .values({
        ...{ organization_id: organizationId, id: departmentId, name: 'Billing', description: '' },
        ...{ created_at: tenant.now.value, created_by: null },
      })
      .execute()
    await query
      .insertInto('department_members')
      .values({ organization_id: organizationId, department_id: departmentId, member_id: billing.memberId })
      .execute()
    await query.updateTable('conversations').set({ department_id: departmentId }).execute()
    expect(await isThere(sales.memberId)).toBe(false)
    expect(await isThere(billing.memberId)).toBe(true)
  })
})
