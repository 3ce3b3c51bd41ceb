import type { TransportFactory } from '@chatdesk/core'
import { defineTransport, type OpenWire, type WireFault } from './define-transport.js'

/** The far side of one connection in memory. Frames are JSON text in both directions, as on every other transport. */
export interface MemoryConnection {
  /** Hands text to the client, in call order; without effect once the connection has ended. */
  send(text: string): void
  /** Ends the connection as the named fault would. */
  close(fault: WireFault): void
}

/** What the far side does with a connection. */
export interface MemoryConnectionHandler {
  received(text: string): void
  /** Told once, whoever ended the connection. */
  closed(): void
}

/** A server in the same process, for tests and stories. */
export interface MemoryServer {
  /** Takes a connection, or throws to refuse it. */
  accept(connection: MemoryConnection): MemoryConnectionHandler
}

/** Connects to a server in the same process. Delivery is in order and never within the call that sends. */
export function memoryTransport(server: MemoryServer): TransportFactory {
  const openWire: OpenWire = (_url, events, start) => {
    let open = true
    const later = (run: () => void) => queueMicrotask(() => open && run())
    const end = () => {
      if (!open) return
      open = false
      queueMicrotask(handler.closed)
    }
    const handler = server.accept({
      send: (text) => later(() => events.received(text)),
      close: (fault) =>
        later(() => {
          end()
          events.closed(fault)
        }),
    })
    later(() => handler.received(start()))
    return {
      write(text) {
        if (open) queueMicrotask(() => handler.received(text))
        return open
      },
      close: end,
    }
  }
  return defineTransport('memory', () => openWire)
}
