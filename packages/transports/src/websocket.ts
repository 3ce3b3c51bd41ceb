import type { TransportFactory } from '@chatdesk/core'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { defineTransport } from './shared/define-transport.js'
import { endpointOf } from './shared/endpoint.js'

/** Options of `webSocketTransport`. */
export interface WebSocketTransportOptions {
  /** The platform's own when absent; Node 20 has none. */
  WebSocket?: typeof globalThis.WebSocket | undefined
  /** For the whole attempt, up to `session.ready`; 10,000 when absent. */
  connectTimeoutMs?: number | undefined
}

const OPEN = 1
/** No close frame came: the link broke. */
const ABNORMAL_CLOSURE = 1006

/** The canonical transport: a native WebSocket at `<url>/ws`. */
export function webSocketTransport({
  WebSocket = globalThis.WebSocket,
  connectTimeoutMs,
}: WebSocketTransportOptions = {}): TransportFactory {
  return defineTransport(
    'websocket',
    (url, events) => {
      const socket = new WebSocket(endpointOf(url, 'ws').replace(/^http/, 'ws'), WEBSOCKET_SUBPROTOCOL)
      socket.onopen = events.opened
      socket.onmessage = (event) => events.received(event.data)
      socket.onclose = (event) => events.closed(event.code === ABNORMAL_CLOSURE ? 'network' : 'remote')
      // `close` follows and says the same; Node's implementation throws an error that nobody hears.
      socket.onerror = () => {}
      return {
        write(text) {
          // A socket that closes already swallows what it is given, in silence.
          const open = socket.readyState === OPEN
          if (open) socket.send(text)
          return open
        },
        close: () => socket.close(),
      }
    },
    connectTimeoutMs,
  )
}
