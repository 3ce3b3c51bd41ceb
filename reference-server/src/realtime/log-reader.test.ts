import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { Channel } from './channel.js'
import { LogReader } from './log-reader.js'
import { createManualClock } from './testing/manual-clock.js'
import { createMemoryBackend } from './testing/memory-backend.js'

it('reads as many conversations as there are, a thousand at a time', async () => {
  const clock = createManualClock()
  const backend = createMemoryBackend()
  const { actor } = backend.addVisitor()
  const channels = await Promise.all(
    Array.from({ length: 2_500 }, async () => {
      const conversationId = await backend.addConversation(actor, 1)
      return new Channel(
        actor.organizationId,
        conversationId,
        clock,
        () => {},
        () => {},
      )
    }),
  )
  const { loadChanges } = backend
  const asked: number[] = []
  backend.loadChanges = (known) => {
    asked.push(known.length)
    return loadChanges(known)
  }
  const reader = new LogReader(backend, silentLogger)
  await Promise.all([reader.read(channels), reader.read(channels.slice(0, 3)), reader.read([])])
  expect(asked).toEqual([1_000, 1_000, 503])
  expect(channels.every(({ headSeq }) => headSeq === 1)).toBe(true)
  const stranger = new Channel(
    randomUUID(),
    channels[0]?.conversationId ?? '',
    clock,
    () => {},
    () => {},
  )
  await reader.read([stranger])
  expect(stranger.headSeq).toBe(0)
})
