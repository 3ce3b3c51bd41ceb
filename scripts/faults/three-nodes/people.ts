import { randomUUID } from 'node:crypto'
import { type ChatClient, createChatClient } from '@chatdesk/core'
import { type AgentClient, createAgentClient } from '@chatdesk/core/agent'
import { ChatError } from '@chatdesk/protocol'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { WebSocket } from 'ws'

/** How somebody comes to the server: as a page of this origin, from an address of one's own behind the balancer. */
export interface Place {
  url: string
  address: string
}

/** A visitor's client as a page has it, with the outbox in memory. */
export function createVisitor(place: Place, widgetKey: string): ChatClient {
  const tabId = randomUUID()
  return createChatClient({
    url: place.url,
    widgetKey,
    identity: { resolve: async () => ({ tabId }), remember: async () => {} },
    transports: [transportFrom(place)],
    fetch: fetchFrom(place),
  })
}

/** Signs in and makes the client of an agent. */
export async function createAgent(place: Place, email: string, password: string): Promise<AgentClient> {
  const request = fetchFrom(place)
  const post = (path: string, body: object, headers: Record<string, string>) =>
    request(`${place.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const answer = await post('/api/auth/sign-in', { email, password }, {})
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  const proof = { cookie: cookie.join('; '), 'x-chatdesk-csrf': csrfToken }
  return createAgentClient({
    url: place.url,
    transports: [transportFrom(place)],
    async getTicket() {
      const ticket = await post('/api/auth/ticket', {}, proof).catch((cause) => {
        throw new ChatError('OFFLINE', 'No node could be reached.', { cause })
      })
      if (!ticket.ok) throw new ChatError('UNAVAILABLE', `No ticket: ${ticket.status}.`)
      return ((await ticket.json()) as { ticket: string }).ticket
    },
  })
}

const headersOf = ({ url, address }: Place) => ({ origin: url, 'x-forwarded-for': address })

function transportFrom(place: Place) {
  const PageWebSocket = class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: headersOf(place) })
    }
  } as unknown as typeof globalThis.WebSocket
  return webSocketTransport({ WebSocket: PageWebSocket })
}

function fetchFrom(place: Place): typeof fetch {
  return (input, init) =>
    fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headersOf(place) } })
}
