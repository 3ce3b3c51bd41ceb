import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { afterEach, expect, it } from 'vitest'
import type { Logger } from '../platform/logger.js'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, type TestServer } from '../testing/create-test-server.js'
import { says, status } from './testing/model-scripts.js'
import { type ModelStub, startModelStub } from './testing/model-stub.js'

const KEY = 'sk-of-nobody-else'
let stub: ModelStub
let server: TestServer
let logged: string[]
afterEach(async () => {
  await server.close()
  await stub.close()
})

/** A visitor of the demo, whose widget has the assistant, on a server with a model. */
async function begin() {
  logged = []
  const write = (fields: object, message?: string) => {
    const error = 'err' in fields && fields.err instanceof Error ? fields.err.stack : ''
    logged.push(`${message} ${JSON.stringify(fields)} ${error}`)
  }
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  stub = await startModelStub()
  const provider = { baseUrl: stub.baseUrl, apiKey: KEY, model: 'small' }
  server = await createTestServer({ logger, assistant: { provider } })
  await server.database.system.updateTable('widgets').set({ assistant: true }).execute()
  const { token } = await server.initVisitor()
  const client = await connectWebSocket(server.url, { origin: server.origin })
  await client.start(token)
  const ready = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
  if (ready.type !== 'ack' || !ready.ok || !ready.conversationId) throw new Error('no conversation')
  return { client, conversationId: ready.conversationId }
}

const ask = (client: TestClient, conversationId: string) =>
  client.ask({
    type: 'message.send',
    ...{ conversationId, clientMessageId: randomUUID(), parts: [{ type: 'text', text: 'When are you open?' }] },
  })

/** What the visitor is shown of the assistant, in its order. */
const seen = (frames: readonly ServerFrame[]) =>
  frames.flatMap((frame) => {
    if (!('author' in frame) || frame.author.kind !== 'assistant') return []
    if (frame.type === 'typing.changed') return [frame.active ? (frame.draft ?? 'types') : 'ended']
    return frame.type === 'message.created' ? [`said ${frame.parts.map(({ text }) => text).join(' ')}`] : []
  })
const isSaid = (client: TestClient) =>
  expect.poll(() => seen(client.frames).some((text) => text.startsWith('said')), { timeout: 20_000 }).toBe(true)

it('[B7] a visitor sees that the assistant types, what it writes, and then its message', async () => {
  const { client, conversationId } = await begin()
  stub.queue(
    says('You can write at any time [1]. When nobody is here, ', 'the team answers as soon as somebody is back [1].'),
  )
  await ask(client, conversationId)
  await isSaid(client)
  const all = seen(client.frames)
  expect(all[0]).toBe('types')
  expect(all).toContain('You can write at any time.')
  expect(all.find((text) => text.startsWith('said'))).toContain('You can write at any time. When nobody is here')
  await expect.poll(() => seen(client.frames).at(-1)).toBe('ended')
  expect(stub.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
  expect(stub.requests[0]?.body.model).toBe('small')
})

it('[B8] where the model fails the visitor has an answer all the same, and no log has the key', async () => {
  const { client, conversationId } = await begin()
  stub.otherwise(status(401, { error: { message: `Incorrect API key provided: ${KEY}` } }))
  await ask(client, conversationId)
  await isSaid(client)
  expect(seen(client.frames).find((text) => text.startsWith('said'))).toContain('You can write at any time.')
  expect(stub.requests).toHaveLength(1)
  expect(logged.join('\n')).not.toContain(KEY)
})
