import type { TransportFactory } from '@chatdesk/core'
import { pollingTransport } from '@chatdesk/transports/polling'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { sseTransport } from '@chatdesk/transports/sse'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { TransportName } from '../../../packages/sim/src/actors/page-platform.js'
import { nodeFetch } from '../../../packages/transports/src/testing/node-fetch.js'

/** What tells the server whose page it is: its origin, and its address as a trusted proxy names it. */
export interface PageHeaders extends Record<string, string> {
  origin: string
  'x-forwarded-for': string
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
  sse: (page) => sseTransport({ fetch: nodeFetch(page) }),
  polling: (page) => pollingTransport({ fetch: nodeFetch(page) }),
}

/** The real drivers, on behalf of a page. */
export function pageTransports(names: readonly TransportName[], page: PageHeaders): TransportFactory[] {
  return names.map((name) => TRANSPORTS[name](page))
}
