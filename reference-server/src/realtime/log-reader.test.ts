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
  const first = reader.read(channels)
  const again = channels.slice(0, 3)
  await Promise.all([first, reader.read(again), reader.read(again), reader.read([])])
  expect(asked).toEqual([1_000, 1_000, 500, 3])
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

it('is done with a sweep although something else is always wanted', async () => {
  const backend = createMemoryBackend()
  const { actor } = backend.addVisitor()
  const channelOf = async () => {
    const { organizationId } = actor
    const id = await backend.addConversation(actor, 1)
    return new Channel(
      organizationId,
      id,
      createManualClock(),
      () => {},
      () => {},
    )
  }
  const [busy, quiet] = [await channelOf(), await channelOf()]
  const reader = new LogReader(backend, silentLogger)
  const { loadChanges } = backend
  let isOver = false
  backend.loadChanges = async (known) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (!isOver) void reader.read([busy])
    return loadChanges(known)
  }
  void reader.read([busy])
  const swept = reader.read([busy, quiet]).then(() => 'done')
  const queries = async () => {
    for (let count = 0; count < 20; count += 1) await new Promise((resolve) => setImmediate(resolve))
    return 'still reading'
  }
  expect(await Promise.race([swept, queries()])).toBe('done')
  expect(quiet.headSeq).toBe(1)
  isOver = true
})
