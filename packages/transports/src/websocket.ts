import type { TransportFactory } from '@chatdesk/core'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { defineTransport, type OpenWire } from './define-transport.js'

/** Options of `webSocketTransport`. */
export interface WebSocketTransportOptions {
  /** The platform's own when absent; Node 20 has none. */
  WebSocket?: typeof globalThis.WebSocket | undefined
}

/** The canonical transport: a native WebSocket at `<url>/ws`. */
export function webSocketTransport({
  WebSocket = globalThis.WebSocket,
}: WebSocketTransportOptions = {}): TransportFactory {
  const openWire: OpenWire = (url, events, start) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws').replace(/\/*$/, '/ws'), WEBSOCKET_SUBPROTOCOL)
    socket.onopen = () => socket.send(start())
    socket.onmessage = (event) => events.received(event.data)
    // 1006: no close frame came, the link broke.
    socket.onclose = (event) => events.closed(event.code === 1006 ? 'network' : 'remote')
    // `close` follows and says the same; Node's implementation throws an error that nobody hears.
    socket.onerror = () => {}
    return {
      write(text) {
        // A socket that closes already swallows what it is given, in silence.
        const open = socket.readyState === 1
        if (open) socket.send(text)
        return open
      },
      close: () => socket.close(),
    }
  }
  return defineTransport('websocket', () => openWire)
}
