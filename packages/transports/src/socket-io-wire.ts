import type { io as socketIoClient } from 'socket.io-client'
import type { OpenWire, WireFault } from './define-transport.js'

const FAULT_OF_REASON: Readonly<Record<string, WireFault>> = {
  'io server disconnect': 'remote',
  'ping timeout': 'timeout',
}

/** The driver alone, for `defineTransport` in a page that fetches driver and client library together when it needs them. */
export function socketIoWire(io: typeof socketIoClient): OpenWire {
  return (url, events, start) => {
    const { origin, pathname } = new URL(url)
    const socket = io(origin, {
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
    socket.on('connect', () => socket.emit('frame', start()))
    socket.on('frame', (frame: unknown) => events.received(typeof frame === 'string' ? frame : JSON.stringify(frame)))
    socket.on('connect_error', (error) => events.closed('network', error))
    socket.on('disconnect', (reason) => events.closed(FAULT_OF_REASON[reason] ?? 'network'))
    return {
      write(text) {
        if (!socket.connected) return false
        socket.emit('frame', text)
        // It keeps a packet for a later connection when its ping is overdue; there is no later connection.
        return socket.sendBuffer.length === 0
      },
      close: () => socket.disconnect(),
    }
  }
}
