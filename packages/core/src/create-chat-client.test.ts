import { ChatError, type ClientFrame } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChatClientOptions } from './chat-client.js'
import type { MessageView } from './conversation.js'
import { createMemoryStorage } from './storage/memory-storage.js'
import {
  createTestClient,
  createTestServer,
  manualClock,
  settle,
  type TestClient,
  testIdentity,
} from './testing/index.js'

const open: TestClient['client'][] = []

function setUp(options: Parameters<typeof createTestClient>[0] = {}) {
  const clock = manualClock()
  const test = createTestClient({ clock, ...options })
  open.push(test.client)
  return { clock, ...test }
}

afterEach(async () => {
  for (const client of open.splice(0)) await client.dispose()
})

const texts = (client: TestClient['client']) =>
  client.$timeline
    .get()
    .filter((entry): entry is MessageView => entry.type === 'message')
    .map(({ parts, delivery }) => `${parts[0]?.text}:${delivery}`)
const sent = (received: readonly ClientFrame[], type: ClientFrame['type']) =>
  received.filter((frame) => frame.type === type)

describe('a visitor', () => {
  it('starts a conversation with the first message and gets an answer', async () => {
    const { client, server } = setUp()
    await client.start()
    expect(client.$conversation.get()).toMatchObject({ id: null, synced: true })

    const message = await client.sendMessage('Hello')
    expect(message).toMatchObject({ seq: 1, parts: [{ type: 'text', text: 'Hello' }] })
    server.agentSays('Hi!')
    await settle()

    expect(texts(client)).toEqual(['Hello:sent', 'Hi!:sent'])
    expect(client.$unreadCount.get()).toBe(1)
    expect(client.$conversation.get()).toMatchObject({ status: 'assigned', agent: { name: 'Asha' } })
    expect(client.$settings.get()?.name).toBe('Demo')
  })
})
