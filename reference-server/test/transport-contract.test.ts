import { randomUUID } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Conversation, PROTOCOL_VERSION } from '@chatdesk/protocol'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { pollingTransport } from '@chatdesk/transports/polling'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { sseTransport } from '@chatdesk/transports/sse'
import { nodeFetch, type TransportTestPeer, testTransport } from '@chatdesk/transports/testing'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connectWebSocket, type TestClient } from '../src/realtime/testing/test-client.js'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer({ path: '/chat' })
})
afterAll(() => server.close())

/** Browsers name the page's origin; Node has to be told. */
class PageWebSocket extends WebSocket {
  constructor(url: string, protocol: string) {
    super(url, protocol, { origin: server.origin })
  }
}

testTransport('websocket, against the real server', {
  createPeer: createServerPeer,
  createTransport: webSocketTransport({ WebSocket: PageWebSocket as unknown as typeof globalThis.WebSocket }),
})

testTransport('socket-io, against the real server', {
  createPeer: createServerPeer,
  createTransport: socketIoTransport({
    io: ((uri: string, options: object) =>
      io(uri, { ...options, extraHeaders: { origin: server.origin } })) as typeof io,
  }),
})

testTransport('sse, against the real server', {
  createPeer: createServerPeer,
  createTransport: () => sseTransport({ fetch: nodeFetch({ origin: server.origin }) })(),
})

testTransport('polling, against the real server', {
  createPeer: createServerPeer,
  createTransport: () => pollingTransport({ fetch: nodeFetch({ origin: server.origin }) })(),
})

/** The real server behind a line that can be cut. */
async function createServerPeer(): Promise<TransportTestPeer> {
  const lines = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(Number(new URL(server.origin).port), '127.0.0.1')
    lines.add(near)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
    near.once('close', () => lines.delete(near))
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const near of lines) near.destroy()
  }
  let conversation = { id: '', authorization: '' }
  let agent: Promise<TestClient> | undefined
  const connectAgent = async () => {
    const client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(await server.ticket(await server.signIn('agent')))
    return client
  }
  let closed: Promise<void> | undefined
  const startWith = (token: string) => ({
    type: 'session.start' as const,
    commandId: randomUUID(),
    protocolVersion: PROTOCOL_VERSION,
    token,
    cursors: [],
  })

  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}/chat`,
    async makeStart() {
      const { token } = await server.initVisitor()
      const authorization = `Bearer ${token}`
      const answer = await server.post('/api/widget/conversations', {}, { authorization })
      const started = (await answer.json()) as { conversation: Conversation }
      conversation = { id: started.conversation.id, authorization }
      return startWith(token)
    },
    makeRefusedStart: () => startWith('vs_unknown'),
    makeMessage: (text) => ({
      type: 'message.send',
      commandId: randomUUID(),
      conversationId: conversation.id,
      clientMessageId: randomUUID(),
      parts: [{ type: 'text', text }],
    }),
    async received() {
      const { id, authorization } = conversation
      const page = await server.get(`/api/widget/conversations/${id}/messages`, { authorization })
      const { messages } = (await page.json()) as { messages: { parts: { text: string }[] }[] }
      return messages.map(({ parts }) => parts[0]?.text ?? '')
    },
    async say(texts) {
      agent ??= connectAgent()
      const client = await agent
      for (const text of texts) {
        const parts = [{ type: 'text', text }]
        const message = { type: 'message.send', conversationId: conversation.id, clientMessageId: randomUUID(), parts }
        expect(await client.ask(message)).toMatchObject({ ok: true })
      }
    },
    async drop(fault) {
      agent = undefined
      if (fault === 'network') return cut()
      await server.chat.drain()
      await server.restart()
      // Until no pooled connection of `fetch` to the stopped server is left.
      await vi.waitFor(() => server.get('/healthz'), { timeout: 10_000 })
    },
    close() {
      closed ??= (async () => {
        ;(await agent)?.close()
        cut()
        await new Promise((resolve) => line.close(resolve))
      })()
      return closed
    },
    connections: () => lines.size,
  }
}
