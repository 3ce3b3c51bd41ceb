import { expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { InboxFeed } from './inbox-feed.js'
import { createManualClock } from './testing/manual-clock.js'
import { createMemoryBackend } from './testing/memory-backend.js'

it('goes on within a second when the clock of the machine is set back', async () => {
  const clock = createManualClock()
  let setBackMs = 0
  const asked: (readonly string[])[] = []
  const backend = {
    ...createMemoryBackend(clock.now),
    loadSummaries: async (_organizationId: string, ids: readonly string[]) => {
      asked.push(ids)
      return []
    },
  }
  const feed = new InboxFeed('acme', backend, { ...clock, now: () => clock.now() - setBackMs }, silentLogger)
  feed.add({ send() {} })
  feed.touch('one')
  clock.advance(0)
  await Promise.resolve()
  setBackMs = 3_600_000
  feed.touch('two')
  clock.advance(1_000)
  expect(asked).toEqual([['one'], ['two']])
})

it('[I2] tells of what was touched and is there no more', async () => {
  const clock = createManualClock()
  const sent: string[] = []
  const feed = new InboxFeed('acme', createMemoryBackend(clock.now), clock, silentLogger)
  feed.add({ send: (text) => void sent.push(text) })
  feed.touch('gone')
  clock.advance(0)
  await expect.poll(() => sent).toEqual(['{"type":"inbox.removed","conversationId":"gone"}'])
})
