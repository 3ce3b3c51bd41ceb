import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { sweepFiles } from './sweep-files.js'

const HOUR_MS = 3_600_000

describe.each(TEST_DATABASES)('sweepFiles, on %s', (kind) => {
  let opened: TestDatabase
  beforeAll(async () => {
    opened = await createTestDatabase(kind)
  })
  afterAll(() => opened.drop())

  it('threat 62: objects that cannot be removed keep no others, and are tried again later', async () => {
    const { database } = opened
    let now = Date.parse('2026-01-01T00:00:00Z')
    const keys = Array.from({ length: 201 }, (_, place) => `00000000-0000-4000-8000-000000000000/${place}`)
    const rows = keys.map((key, place) => ({ storage_key: key, due_at: new Date(now - 1_000 + place) }))
    await database.system.insertInto('file_removals').values(rows).execute()
    let works = (key: string) => key === keys[200]
    let asked = 0
    const storage = {
      write: () => Promise.reject(new Error('not asked')),
      read: () => Promise.reject(new Error('not asked')),
      async remove(key: string) {
        asked++
        if (!works(key)) throw new Error('not now')
      },
    }
    const context = { database, clock: () => new Date(now), logger: silentLogger, files: { storage } }
    const left = async () => (await database.system.selectFrom('file_removals').selectAll().execute()).length
    await sweepFiles(context)
    // A storage that takes nothing away is not asked for everything at once.
    expect([asked, await left()]).toEqual([200, 201])
    await sweepFiles(context)
    expect([asked, await left()]).toEqual([201, 200])
    await sweepFiles(context)
    expect(asked).toBe(201)
    works = () => true
    now += HOUR_MS
    await sweepFiles(context)
    expect(await left()).toBe(0)
  })
})
