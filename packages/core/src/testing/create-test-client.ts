import type { WidgetSettings } from '@chatdesk/protocol'
import type { AgentClient, AgentClientOptions } from '../agent-client.js'
import type { ChatClient } from '../chat-client.js'
import type { ChatClientOptions } from '../chat-client-options.js'
import { createAgentClient } from '../create-agent-client.js'
import { createChatClient } from '../create-chat-client.js'
import type { Clock, IdentityProvider, VisitorIdentity } from '../ports.js'
import { createTestServer } from './test-server.js'
import type { TestServer, TestServerOptions } from './test-server-handle.js'

/** A visitor's client and the server in memory that it talks to. */
export interface TestClient {
  client: ChatClient
  server: TestServer
}

/** An agent's client and the server in memory that it talks to. */
export interface TestAgent {
  client: AgentClient
  server: TestServer
}

/** Remembers in memory what it is told. Use one for both pages to play a reload. */
export function testIdentity(tabId = 'tab-00000001'): IdentityProvider {
  let known: VisitorIdentity = { tabId }
  return {
    resolve: async () => known,
    async remember(issued) {
      known = { tabId, ...issued }
    },
    async forget() {
      known = { tabId }
    },
  }
}

/** A visitor's client on a server in memory; `start` it. Without a clock both live in real time. */
export function createTestClient(
  options: Partial<ChatClientOptions> & { server?: TestServer } & Pick<TestServerOptions, 'settings'> = {},
): TestClient {
  const { settings, server = createTestServer(serverOptions(options)), ...rest } = options
  const client = createChatClient({
    url: 'https://chat.example',
    widgetKey: 'wk_demo',
    identity: testIdentity(),
    transports: [server.transport],
    fetch: server.fetch,
    random: () => 0.5,
    ...rest,
  })
  return { client, server }
}

/** An agent's client on a server in memory; `start` it. */
export function createTestAgent(options: Partial<AgentClientOptions> & { server?: TestServer } = {}): TestAgent {
  const { server = createTestServer(serverOptions(options)), ...rest } = options
  const client = createAgentClient({
    url: 'https://chat.example',
    getTicket: server.getTicket,
    transports: [server.transport],
    random: () => 0.5,
    ...rest,
  })
  return { client, server }
}

function serverOptions(options: { clock?: Clock | undefined; settings?: Partial<WidgetSettings> }): TestServerOptions {
  const { clock, settings } = options
  return { ...(clock ? { clock } : {}), ...(settings ? { settings } : {}) }
}
