import { randomUUID } from 'node:crypto'
import type { ErrorCode, InitRequest, ServerFrame } from '@chatdesk/protocol'
import { createTestServer, type TestServer, type TestServerOptions, type TestVisitor } from '@chatdesk/server/testing'
import { expect } from 'vitest'
import { type Connect, connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'

/** A visitor in a conversation. */
export interface Person {
  client: TestClient
  session: TestVisitor
  tabId: string
  /** Known to the page that started the conversation, and to nobody else. */
  clientConversationId: string
  conversationId: string
}

/** A real server with the demo's organization and a rival's, and people on it. */
export interface Scene {
  server: TestServer
  /** A connection of a page of this server, on which nothing was said yet. */
  open(connect: Connect): Promise<TestClient>
  /** A visitor that has said `texts`; of the demo's widget, when the request names no other. */
  visitor(connect: Connect, texts?: readonly string[], request?: Partial<InitRequest>): Promise<Person>
  /** A signed-in agent of the demo's organization. */
  agent(): Promise<TestClient>
  /** Until all that was to reach this person before now has done so: an agent's word to it is the last of it. */
  settle(person: Pick<Person, 'client' | 'conversationId'>): Promise<void>
  close(): Promise<void>
}

/** What random tests begin with; a run with the seed of a failed one does the same again. */
export const FUZZ_SEED = Number(process.env.CHATDESK_FUZZ_SEED ?? Date.now() % 2 ** 31)

/** Key of a widget of another organization, on the same pages. */
export const RIVAL_WIDGET_KEY = 'wk_rival'

const unbounded = { perSecond: 1e6, burst: 1e6 }
/** For tests of what is refused to everybody, however slowly it is tried. */
export const NO_RATES = {
  messages: unbounded,
  frames: unbounded,
  requestsPerAddress: unbounded,
  commandsInFlight: 1e6,
  badFramesPerMinute: Number.POSITIVE_INFINITY,
}

/** Starts the server. */
export async function createScene(options: TestServerOptions = {}): Promise<Scene> {
  const limits = { initPerAddress: { points: 1e6, seconds: 1 }, ...options.limits }
  const server = await createTestServer({ ...options, limits })
  const { api } = server.chat
  const { organizationId } = await api.createOrganization({ name: 'Rival' })
  await api.createWidget({ organizationId, key: RIVAL_WIDGET_KEY, name: 'Rival', allowedOrigins: [server.origin] })
  let helper: Promise<TestClient> | undefined

  const scene: Scene = {
    server,
    open: (connect) => connect(server.url, { origin: server.origin }),
    async visitor(connect, texts = [], request = {}) {
      const tabId = `tab-${randomUUID()}`
      const session = await server.initVisitor({ tabId, ...request })
      const client = await scene.open(connect)
      await client.start(session.token, { tabId })
      const clientConversationId = randomUUID()
      const conversationId = conversationIdOf(await client.ask({ type: 'conversation.start', clientConversationId }))
      for (const text of texts) await client.ask(say(conversationId, text))
      return { client, session, tabId, clientConversationId, conversationId }
    },
    async agent() {
      const client = await scene.open(connectWebSocket)
      await client.start(await server.ticket(await server.signIn('agent')))
      return client
    },
    async settle({ client, conversationId }) {
      helper ??= scene.agent()
      const text = randomUUID()
      await (await helper).ask(say(conversationId, text))
      await expect.poll(() => heard(client)).toContain(text)
    },
    close: () => server.close(),
  }
  return scene
}

/** `message.send` with one text. */
export function say(conversationId: string, text: string, clientMessageId: string = randomUUID()) {
  return { type: 'message.send', conversationId, clientMessageId, parts: [{ type: 'text', text }] }
}

/** The conversation that an answer names; empty when it names none. */
export function conversationIdOf(answer: ServerFrame): string {
  return answer.type === 'ack' && answer.ok ? (answer.conversationId ?? '') : ''
}

/** Starts a session that must be refused, and answers with why, once the connection has ended. */
export async function refusalOf(client: TestClient, token: string, facts: object = {}): Promise<ErrorCode | undefined> {
  await client.start(token, { ...facts }).catch(() => {})
  await client.closed
  const last = client.frames.at(-1)
  return last && 'error' in last ? last.error.code : undefined
}

/** Everything that a client was ever sent, as text. */
export function heard(client: TestClient): string {
  return JSON.stringify(client.frames)
}
