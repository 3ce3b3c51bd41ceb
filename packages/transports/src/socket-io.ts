import type { TransportFactory } from '@chatdesk/core'
import type { io as socketIoClient } from 'socket.io-client'
import { defineTransport, type WireFault } from './shared/define-transport.js'

/** Options of `socketIoTransport`. */
export interface SocketIoTransportOptions {
  /** `io` of socket.io-client 4; imported on first use when absent. */
  io?: typeof socketIoClient | undefined
  /** For the whole attempt, up to `session.ready`; 10,000 when absent. */
  connectTimeoutMs?: number | undefined
}

const FAULT_OF_REASON: Readonly<Record<string, WireFault>> = {
  'io server disconnect': 'remote',
  'ping timeout': 'timeout',
}

/**
 * socket.io at `<url>/socket.io/`: a WebSocket, or HTTP polling where a proxy refuses WebSockets.
 * Polling needs sticky sessions when there are many nodes.
 */
export function socketIoTransport(options: SocketIoTransportOptions = {}): TransportFactory {
  return defineTransport(
    'socket-io',
    (url, events) => {
      const { origin, pathname } = new URL(url)
      let socket: ReturnType<typeof socketIoClient> | undefined
      let closed = false
      void (async () => {
        try {
          const io = options.io ?? (await import('socket.io-client')).io
          if (closed) return
          socket = io(origin, {
            path: pathname.replace(/\/*$/, '/socket.io'),
            // Polling comes second: an attempt with it cannot be aborted before the server has answered once.
            transports: ['websocket', 'polling'],
            tryAllTransports: true,
            // Retries belong to the client's supervisor, and a cached manager would outlive this attempt.
            reconnection: false,
            forceNew: true,
            // The session's token authorises, never a cookie (S7).
            withCredentials: false,
          })
          socket.on('connect', events.opened)
          socket.on('frame', events.received)
          socket.on('connect_error', (error) => events.closed('network', error))
          socket.on('disconnect', (reason) => events.closed(FAULT_OF_REASON[reason] ?? 'network'))
        } catch (error) {
          events.closed('network', error)
        }
      })()
      return {
        write(text) {
          if (!socket?.connected) return false
          socket.emit('frame', text)
          // It keeps a packet for a later connection when its ping is overdue; there is no later connection.
          return socket.sendBuffer.length === 0
        },
        close() {
          closed = true
          socket?.disconnect()
        },
      }
    },
    options.connectTimeoutMs,
  )
}
