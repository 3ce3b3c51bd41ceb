import { expect, it } from 'vitest'
import { createIndexedDbStorage } from './indexed-db.js'
import { createTestClient, createTestServer, testIdentity } from './testing/index.js'

it('an outbox in a real IndexedDB survives the page, in order, and is empty once the log has it', async () => {
  const server = createTestServer()
  server.setReachable(false)
  const storage = () => createIndexedDbStorage('browser-reload')
  const stored = () => storage().get('chatdesk/outbox/wk_demo/tab-00000001')
  const page = () => createTestClient({ server, storage: storage(), identity: testIdentity() })
  const before = page()
  void before.client.start()
  for (const word of ['one', 'two', 'three']) void before.client.sendMessage(word)
  await expect.poll(() => stored()).toContain('three')
  expect(before.client.$persistence.get()).toBe('disk')
  await before.client.dispose()

  server.setReachable(true)
  const after = page()
  await after.client.start()
  await expect.poll(() => stored()).toBeNull()
  expect(server.log().events).toMatchObject(['one', 'two', 'three'].map((text) => ({ parts: [{ text }] })))
  await after.client.dispose()
})
