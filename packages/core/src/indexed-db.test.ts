import 'fake-indexeddb/auto'
import { indexedDB } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createIndexedDbStorage, eraseIndexedDb } from './indexed-db.js'
import { createTestClient, createTestServer, testIdentity } from './testing/index.js'

afterEach(() => vi.restoreAllMocks())

describe('the storage in IndexedDB', () => {
  it('keeps strings by key, and nothing under a key that was removed', async () => {
    const storage = createIndexedDbStorage('strings')
    expect(await storage.get('a')).toBeNull()
    await storage.set('a', 'one')
    await storage.set('a', 'two')
    expect(await createIndexedDbStorage('strings').get('a')).toBe('two')
    await storage.remove('a')
    expect(await storage.get('a')).toBeNull()
  })

  it('is not opened before it is used', async () => {
    const open = vi.spyOn(indexedDB, 'open')
    const storage = createIndexedDbStorage('untouched')
    expect(open).not.toHaveBeenCalled()
    await storage.get('a')
    expect(open).toHaveBeenCalledOnce()
  })

  it('is emptied at once for all who have it open, and not made for that', async () => {
    const storage = createIndexedDbStorage('erased')
    await storage.set('a', 'one')
    await storage.set('b', 'two')
    await eraseIndexedDb('erased')
    expect([await storage.get('a'), await storage.get('b')]).toEqual([null, null])
    const open = vi.spyOn(indexedDB, 'open')
    await eraseIndexedDb('never-made')
    expect(open).not.toHaveBeenCalled()
  })

  it('rejects without a look into the database while it is not allowed', async () => {
    let allowed = false
    const open = vi.spyOn(indexedDB, 'open')
    const storage = createIndexedDbStorage('not-allowed', () => allowed)
    for (const access of [storage.get('a'), storage.set('a', 'one'), storage.remove('a')])
      await expect(access).rejects.toThrow('denied')
    expect(open).not.toHaveBeenCalled()
    allowed = true
    await storage.set('a', 'one')
    expect(await storage.get('a')).toBe('one')
  })

  it('carries an outbox over a reload', async () => {
    const server = createTestServer()
    server.setReachable(false)
    const page = () => createTestClient({ server, storage: createIndexedDbStorage('reload'), identity: testIdentity() })
    const before = page()
    void before.client.start()
    for (const word of ['one', 'two', 'three']) void before.client.sendMessage(word)
    await expect
      .poll(() => createIndexedDbStorage('reload').get('chatdesk/outbox/wk_demo/tab-00000001'))
      .toContain('three')
    await before.client.dispose()

    server.setReachable(true)
    const after = page()
    await after.client.start()
    await expect.poll(() => server.log().events).toHaveLength(3)
    expect(server.log().events).toMatchObject(['one', 'two', 'three'].map((text) => ({ parts: [{ text }] })))
    await after.client.dispose()
  })
})
