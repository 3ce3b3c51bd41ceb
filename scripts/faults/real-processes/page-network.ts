import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import type { TransportFactory } from '@chatdesk/core'
import { pollingTransport } from '@chatdesk/transports/polling'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { sseTransport } from '@chatdesk/transports/sse'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { TransportName } from '../../../packages/sim/src/actors/page-platform.js'

/** What tells the server whose page it is: its origin, and its address as a trusted proxy names it. */
export interface PageHeaders extends Record<string, string> {
  origin: string
  'x-forwarded-for': string
}

/** `fetch` as a page's transports and clients use it. Each request has a connection of its own, so that it can fail by itself. */
export function pageFetch(page: PageHeaders): typeof globalThis.fetch {
  return async (url, { method, body, signal, headers } = {}) => {
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      signal?.throwIfAborted()
      const outgoing = request(url as string, {
        method,
        agent: false,
        signal: signal ?? undefined,
        headers: { ...Object.fromEntries(new Headers(headers)), ...page },
      })
      outgoing.on('response', resolve).on('error', reject).end(body)
    })
    const answer = new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, {
      status: incoming.statusCode ?? 0,
    })
    for (const cookie of incoming.headers['set-cookie'] ?? []) answer.headers.append('set-cookie', cookie)
    return answer
  }
}

const TRANSPORTS: Record<TransportName, (page: PageHeaders) => TransportFactory> = {
  websocket(headers) {
    const PageWebSocket = class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers })
      }
    } as unknown as typeof globalThis.WebSocket
    return webSocketTransport({ WebSocket: PageWebSocket })
  },
  'socket-io': (extraHeaders) =>
    socketIoTransport({ io: ((url: string, options) => io(url, { ...options, extraHeaders })) as typeof io }),
  sse: (page) => sseTransport({ fetch: pageFetch(page) }),
  polling: (page) => pollingTransport({ fetch: pageFetch(page) }),
}

/** The real drivers, on behalf of a page. */
export function pageTransports(names: readonly TransportName[], page: PageHeaders): TransportFactory[] {
  return names.map((name) => TRANSPORTS[name](page))
}
