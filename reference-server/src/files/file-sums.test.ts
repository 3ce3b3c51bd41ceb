import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileSums } from '../database/migrations/0019-file-sums.js'
import type { MemberActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createFilesContext } from './create-files-context.js'
import type { FilesContext } from './files-context.js'
import { beginUpload } from './uploads.js'

describe.each(TEST_DATABASES)('the sum of an organization’s files, on %s', (kind) => {
  let opened: TestDatabase
  let tenant: Tenant
  let context: FilesContext
  let member: MemberActor
  beforeAll(async () => {
    opened = await createTestDatabase(kind)
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    tenant = await createTenant(opened.database)
    member = await tenant.addMember()
    context = createFilesContext({
      ...{ database: opened.database, clock: () => new Date(), generateId: randomUUID, logger: silentLogger },
      ...{ files: undefined, secrets: ['x'], limits: {} },
    })
  })

  const begin = () =>
    beginUpload(context, member, '192.0.2.1', { uploadId: randomUUID(), name: 'a.txt', mediaType: '', sizeBytes: 1 })

  it('has room again for what was deleted', async () => {
    context.quotas.bytesPerOrganization = 2 * 65_536
    const [first] = [await begin(), await begin()]
    await expect(begin()).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' })
    await sql`delete from files where id = ${first.id}::uuid`.execute(opened.database.system)
    await begin()
    await expect(begin()).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' })
  })

  it('threat 85: goes with the organization', async () => {
    const { id } = await begin()
    const conversationId = await tenant.addConversation(await tenant.addVisitor())
    const { system } = opened.database
    await sql`update files set conversation_id = ${conversationId}::uuid where id = ${id}::uuid`.execute(system)
    await sql`delete from organizations where id = ${tenant.organizationId}::uuid`.execute(system)
    const { rows } = await sql`select from files where id = ${id}::uuid`.execute(system)
    expect(rows).toEqual([])
  })

  // PGlite has one connection.
  it.runIf(kind === 'Postgres')('keeps nobody from beginning a file while others are deleted', async () => {
    const { id } = await begin()
    await opened.database.transaction(tenant.organizationId, async (transaction) => {
      await transaction.deleteFrom('files').where('id', '=', id).execute()
      await begin()
    })
  })

  it.runIf(kind === 'Postgres')('has in it what was on its way when it was made', async () => {
    const { database } = opened
    for (const undo of ['trigger count_file on files', 'function count_file', 'table if exists freed_file_bytes'])
      await sql.raw(`drop ${undo}`).execute(database.system)
    await sql`alter table organizations drop column file_bytes`.execute(database.system)
    let made: Promise<void> | undefined
    await database.transaction('system', async (transaction) => {
      await sql`insert into files (organization_id, id, upload_id, name, declared_type, size_bytes, chunk_bytes, storage_key, created_at)
        values (${tenant.organizationId}::uuid, gen_random_uuid(), 'u', 'a.txt', '', 70000, 1, 'k', now())`.execute(
        transaction,
      )
      made = database.transaction('system', (other) => fileSums.up(other as unknown as Kysely<unknown>))
      await expect
        .poll(async () => {
          const { rows } = await sql`select from pg_locks where not granted and relation = 'files'::regclass
            and database = (select oid from pg_database where datname = current_database())`.execute(transaction)
          return rows.length
        })
        .toBe(1)
    })
    await made
    const of = database.system.selectFrom('organizations').select('file_bytes')
    expect(await of.where('id', '=', tenant.organizationId).execute()).toEqual([{ file_bytes: '70000' }])
  })
})
