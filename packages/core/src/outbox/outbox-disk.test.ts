import { ChatError } from '@chatdesk/protocol'
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

it('takes nothing away that an earlier page left, and writes nothing before that was told', async () => {
  const storage = createMemoryStorage()
  const open = () => createOutboxDisk(storage, manualClock(), () => {})
  const before = open()
  await before.open('key', () => {})
  await before.write('a', { clientConversationId: 'conversation', entries: [entry('old')] })
  await before.write('b', { entries: [entry('other')] })

  const after = open()
  const early = after.write('a', { entries: [entry('new')] })
  const told: unknown[] = []
  await after.open('key', (lane, stored) => {
    told.push([lane, stored])
    if (lane === 'a') void after.write('a', { ...stored, entries: [...stored.entries, entry('new')] })
  })
  await early
  const stored = { clientConversationId: 'conversation', entries: [entry('old')] }
  const other = { entries: [entry('other')] }
  expect(told).toEqual([
    ['a', stored],
    ['b', other],
  ])
  const crashed = open()
  await crashed.open('key', () => {})
  expect(crashed.lanes.get('a')).toEqual({ ...stored, entries: [entry('old'), entry('new')] })
  expect(crashed.lanes.get('b')).toEqual(other)

  await after.write('a', { entries: [] })
  expect(after.lanes.get('a')).toBeUndefined()
  expect(await storage.get('key')).toContain('other')
  expect(await storage.get('key')).not.toContain('old')
})

it('keeps of a refused message why it was refused', async () => {
  const storage = createMemoryStorage()
  const before = createOutboxDisk(storage, manualClock(), () => {})
  await before.open('key', () => {})
  const error = new ChatError('VALIDATION_FAILED', 'parts: secret', { field: 'parts', cause: new Error('secret') })
  await before.write('a', { entries: [{ ...entry('refused'), delivery: 'failed', error }] })
  expect(await storage.get('key')).not.toContain('secret')
  const after = createOutboxDisk(storage, manualClock(), () => {})
  await after.open('key', () => {})
  expect(after.lanes.get('a')?.entries).toMatchObject([
    { delivery: 'failed', error: { name: 'ChatError', code: 'VALIDATION_FAILED', field: 'parts' } },
  ])
})

it('[X9] brings back whatever a message is made of, and nothing that is no part', async () => {
  const storage = createMemoryStorage()
  const before = createOutboxDisk(storage, manualClock(), () => {})
  await before.open('key', () => {})
  const choices = { type: 'choices' as const, text: 'Shall we?', choices: [{ id: 'a', text: 'Yes' }] }
  const answer = { type: 'text' as const, text: 'Yes', choiceId: 'a' }
  const damaged = { ...entry('damaged'), parts: [{ type: 'text' }] } as unknown as OutboxEntry
  await before.write('a', { entries: [{ ...entry('kept'), parts: [choices, answer] }, damaged] })
  const after = createOutboxDisk(storage, manualClock(), () => {})
  await after.open('key', () => {})
  expect(after.lanes.get('a')?.entries).toMatchObject([{ parts: [choices, answer] }])
})
