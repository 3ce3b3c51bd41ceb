import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIMITS } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { createTestServer, type TestServer } from '../testing/index.js'
import { createFilesContext } from './create-files-context.js'
import type { FilesContext } from './files-context.js'
import { receiveChunk, receiveWhole } from './receive-upload.js'
import { diskStorage } from './storage/disk-storage.js'
import { sweepFiles } from './sweep-files.js'
import { pdfOf } from './testing/sample-files.js'
import { uploadClient } from './testing/upload-client.js'
import { beginUpload, cancelUpload, type FileRow } from './uploads.js'

const HOUR_MS = 3_600_000

describe('what requests that overtake each other leave in the storage', () => {
  let server: TestServer
  let directory: string
  let context: FilesContext
  let actor: VisitorActor
  let now: number
  beforeAll(async () => {
    server = await createTestServer()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    now = Date.now()
    directory = await mkdtemp(join(tmpdir(), 'chatdesk-test-'))
    context = createFilesContext({
      ...{ database: server.database, clock: () => new Date(now), generateId: randomUUID, logger: silentLogger },
      ...{ files: { storage: diskStorage(directory) }, secrets: ['x'], limits: {} },
    })
    const { sessionId, visitorId } = await server.initVisitor({ tabId: `tab-${randomUUID()}` })
    const row = await server.database.system
      .selectFrom('visitor_sessions')
      .select(['organization_id', 'widget_id'])
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow()
    const of = { organizationId: row.organization_id, widgetId: row.widget_id }
    actor = { kind: 'visitor', ...of, visitorId, sessionId, name: 'x', expiresAt: new Date(now + HOUR_MS) }
    return () => rm(directory, { recursive: true })
  })

  const bytes = pdfOf('x'.repeat(LIMITS.chunkBytes))
  const [first, last] = [bytes.subarray(0, LIMITS.chunkBytes), bytes.subarray(LIMITS.chunkBytes)]
  const begin = () =>
    beginUpload(context, actor, '192.0.2.1', {
      uploadId: randomUUID(),
      name: 'a.pdf',
      mediaType: '',
      sizeBytes: bytes.length,
    })
  const objects = async () =>
    (await readdir(directory, { recursive: true })).filter((path) => path.includes('/')).length
  /** What is left when all that is on its way out has gone. */
  const left = async () => {
    now += 2 * HOUR_MS
    await sweepFiles(context)
    return await objects()
  }

  it('threat 62: a chunk that comes once the file is ready does not stay', async () => {
    const before = await begin()
    const half = await receiveChunk(context, before, { offset: 0, bytes: first })
    const ready = await receiveChunk(context, half, { offset: first.length, bytes: last })
    await sweepFiles(context)
    const repeated = await receiveChunk(context, before, { offset: 0, bytes: first })
    expect(repeated.part).toEqual(ready.part)
    expect(await left()).toBe(1)
  })

  it('threat 62: a whole file and a chunk of it at the same time leave no chunk behind', async () => {
    const before = await begin()
    await receiveChunk(context, before, { offset: 0, bytes: first })
    await receiveWhole(context, before, bytes).catch(() => undefined)
    const rows = await server.database.system
      .selectFrom('files')
      .select('id')
      .where('id', '=', before.id)
      .where('part', 'is not', null)
      .execute()
    expect(await left()).toBe(rows.length)
  })

  it('threat 62: a file that is asked for many times while it is looked at is written once', async () => {
    const half = await receiveChunk(context, await begin(), { offset: 0, bytes: first })
    await context.files?.storage.write(`${half.storage_key}.1`, last)
    const complete: FileRow = { ...half, received_bytes: bytes.length }
    await server.database.system
      .updateTable('files')
      .set({ received_bytes: bytes.length })
      .where('id', '=', half.id)
      .execute()
    const chunks = await objects()
    const ask = { offset: bytes.length, bytes: Buffer.alloc(0) }
    const answers = await Promise.all(Array.from({ length: 20 }, () => receiveChunk(context, complete, ask)))
    expect(new Set(answers.map(({ part }) => part?.sizeBytes))).toEqual(new Set([bytes.length]))
    expect(await objects()).toBe(chunks + 1)
  })

  it('threat 62: what is kept is counted as it comes and goes, the smallest file with 64 KiB', async () => {
    const kept = async () => {
      const { rows } = await sql<{ bytes: number }>`
        select (file_bytes - (select coalesce(sum(bytes), 0) from freed_file_bytes))::float8 as bytes
        from organizations where id = ${actor.organizationId}::uuid`.execute(server.database.system)
      return rows[0]?.bytes ?? 0
    }
    const before = await kept()
    const crumb = { uploadId: randomUUID(), name: 'a.txt', mediaType: '', sizeBytes: 1 }
    const { id } = await beginUpload(context, actor, '192.0.2.1', crumb)
    const large = await begin()
    expect((await kept()) - before).toBe(65_536 + bytes.length)
    await cancelUpload(context, actor, id)
    await cancelUpload(context, actor, large.id)
    expect(await kept()).toBe(before)
    context.quotas.bytesPerOrganization = before + 65_535
    await expect(beginUpload(context, actor, '192.0.2.1', { ...crumb, uploadId: randomUUID() })).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
    })
  })

  it('threat 62: one address does not take the room of a whole organization, in however many sessions', async () => {
    const limits = { bytesPerAddress: { points: 2.5 * bytes.length, seconds: 60 } }
    const crowded = await createTestServer({ limits: { files: limits } })
    const begun = async () => {
      const { token } = await crowded.initVisitor({ tabId: `tab-${randomUUID()}` })
      return await uploadClient(crowded, { authorization: `Bearer ${token}` }).begin({ name: 'a.pdf', bytes })
    }
    expect([(await begun()).status, (await begun()).status]).toEqual([201, 201])
    expect(await begun()).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    const { headers } = await crowded.signIn('agent')
    const byTeam = uploadClient(crowded, headers, '/api/chat-widget')
    expect((await byTeam.begin({ name: 'a.pdf', bytes })).status).toBe(201)
    await crowded.close()
  })

  it('threat 62: one sweep removes the chunks of many files', async () => {
    const keys = Array.from({ length: 450 }, (_, n) => `${randomUUID()}/${String(n).padStart(32, '0')}.0`)
    const dueAt = new Date(now)
    const removals = keys.map((key) => ({ storage_key: key, due_at: dueAt }))
    await server.database.system.insertInto('file_removals').values(removals).execute()
    await sweepFiles(context)
    const due = server.database.system.selectFrom('file_removals').select('storage_key').where('due_at', '<=', dueAt)
    expect(await due.execute()).toEqual([])
  })
})
