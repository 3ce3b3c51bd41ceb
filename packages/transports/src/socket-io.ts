import type { TransportFactory } from '@chatdesk/core'
import type { io as socketIoClient } from 'socket.io-client'
import { defineTransport } from './define-transport.js'
import { socketIoWire } from './socket-io-wire.js'

/** Options of `socketIoTransport`. */
export interface SocketIoTransportOptions {
  /** `io` of socket.io-client 4; imported on first use when absent. */
  io?: typeof socketIoClient | undefined
}

/**
 * socket.io at `<url>/socket.io/`: a WebSocket, or HTTP polling where a proxy refuses WebSockets.
 * Polling needs sticky sessions when there are many nodes.
 */
export function socketIoTransport({ io }: SocketIoTransportOptions = {}): TransportFactory {
  const loadWire = async () => socketIoWire(io ?? (await import('socket.io-client')).io)
  return defineTransport('socket-io', loadWire)
}
