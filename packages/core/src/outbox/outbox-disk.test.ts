import { expect, it } from 'vitest'
import type { OutboxEntry } from '../state/conversation-state.js'
import { createMemoryStorage } from '../storage/memory-storage.js'
import { manualClock } from '../testing/index.js'
import { createOutboxDisk } from './outbox-disk.js'

const entry = (clientMessageId: string): OutboxEntry => ({
  clientMessageId,
  parts: [{ type: 'text', text: clientMessageId }],
  createdAt: '2026-01-01T00:00:00.000Z',
  delivery: 'queued',
})

it('takes nothing away that an earlier page left and nobody has read', async () => {
  const storage = createMemoryStorage()
  const open = () => createOutboxDisk(storage, manualClock(), () => {})
  const before = open()
  await before.open('key')
  await before.write('a', { clientConversationId: 'conversation', entries: [entry('old')] })
  await before.write('b', { entries: [entry('other')] })

  const after = open()
  const early = after.write('a', { entries: [entry('new')] })
  await after.open('key')
  await early
  await after.write('a', { entries: [entry('new')] })
  const crashed = open()
  await crashed.open('key')
  const stored = { clientConversationId: 'conversation', entries: [entry('old'), entry('new')] }
  expect(crashed.read('a')).toEqual(stored)

  expect(after.read('a')).toEqual(stored)
  await after.write('a', { entries: [] })
  expect(after.lanes()).toEqual(['b'])
  expect(await storage.get('key')).not.toContain('old')
})
