import { randomUUID } from 'node:crypto'
import { type ChatClient, createChatClient } from '@chatdesk/core'
import { type AgentClient, createAgentClient } from '@chatdesk/core/agent'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { WebSocket } from 'ws'
import { fetchTicket, signIn } from '../sign-in.js'

/** How somebody comes to the server: as a page of this origin, from an address of one's own behind the balancer. */
export interface Place {
  url: string
  address: string
}

const headersOf = ({ url, address }: Place) => ({ origin: url, 'x-forwarded-for': address })

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
  const proof = await signIn(place.url, request, email, password)
  return createAgentClient({
    url: place.url,
    transports: [transportFrom(place)],
    getTicket: () => fetchTicket(place.url, request, proof),
  })
}

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
