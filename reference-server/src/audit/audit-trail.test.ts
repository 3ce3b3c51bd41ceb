import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AuditedAct, findForgedEntry, loadAudit, recordAct } from './index.js'

const AT = new Date('2026-01-01T00:00:00.000Z')

describe.each(TEST_DATABASES)('the audit trail on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
  })

  const record = (name: string, more: Partial<AuditedAct> = {}) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      recordAct(
        transaction,
        tenant.organizationId,
        {
          actor: null,
          address: '127.0.0.1',
          action: 'widget.update',
          target: { kind: 'widget', id: 'w', name },
          ...more,
        },
        AT,
      ),
    )
  const read = (limit = 10, beforeSeq?: number) =>
    loadAudit(test.database.of(tenant.organizationId), { organizationId: tenant.organizationId, limit, beforeSeq })
  const forged = () => findForgedEntry(test.database.of(tenant.organizationId), tenant.organizationId)

  it('is read newest first, by pages, as it was written', async () => {
    const { memberId, name, role } = await tenant.addMember('client_admin')
    await record('one', { actor: { memberId, name, role, visiting: true }, reason: 'A ticket of theirs' })
    await record('two ✓ "quoted"', { changes: { greeting: { from: '', to: 'Hello' } } })
    const [two, one] = await read()
    expect(two).toEqual({
      ...{ seq: 2, at: AT.toISOString(), actor: null, address: '127.0.0.1', action: 'widget.update' },
      ...{
        target: { kind: 'widget', id: 'w', name: 'two ✓ "quoted"' },
        changes: { greeting: { from: '', to: 'Hello' } },
      },
    })
    expect(one).toMatchObject({ seq: 1, actor: { id: memberId, visiting: true }, reason: 'A ticket of theirs' })
    expect((await read(10, 2)).map(({ seq }) => seq)).toEqual([1])
  })

  it('is one chain, however many write at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => record(`${index}`)))
    expect((await read(50)).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index))
    expect(await forged()).toBeNull()
  })

  it('stands and falls with what it tells of', async () => {
    const attempt = test.database.transaction(tenant.organizationId, async (transaction) => {
      const act = { actor: null, address: null, action: 'widget.delete', target: { kind: 'widget', id: 'w' } } as const
      await recordAct(transaction, tenant.organizationId, act, AT)
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(await read()).toEqual([])
  })

  it('threat 39: nobody changes or deletes an entry', async () => {
    await record('one')
    for (const query of [test.database.of(tenant.organizationId), test.database.system]) {
      await expect(sql`update audit_entries set content = '{}'`.execute(query)).rejects.toThrow()
      await expect(sql`delete from audit_entries`.execute(query)).rejects.toThrow()
    }
    await expect(sql`truncate audit_entries`.execute(test.database.system)).rejects.toThrow('only ever added')
    expect(await read()).toHaveLength(1)
  })

  it.each([
    ['changed', sql`update audit_entries set content = replace(content::text, 'two', 'TWO')::json where seq = 2`, 2],
    ['taken out', sql`delete from audit_entries where seq = 2`, 3],
    ['put in', sql`update audit_entries set hash = sha256(content::text::bytea) where seq = 3`, 3],
  ])('threat 39: finds an entry that was %s behind its back', async (_how, statement, seq) => {
    for (const name of ['one', 'two', 'three']) await record(name)
    expect(await forged()).toBeNull()
    await sql`alter table audit_entries disable trigger user`.execute(test.database.system)
    await statement.execute(test.database.system)
    await sql`alter table audit_entries enable trigger user`.execute(test.database.system)
    expect(await forged()).toEqual({ seq })
  })
})
