import type { io } from 'socket.io-client'
import type { LinkEnd } from '../network/link.js'
import type { LinkHandle, Network } from '../network/network.js'
import type { Host } from '../world.js'

const REASONS: Record<LinkEnd, string> = {
  closed: 'io server disconnect',
  broken: 'transport close',
  silent: 'ping timeout',
}

/** The `io` of one page, as far as the driver uses it: one namespace, one event, no reconnection of its own. */
export function simulatedSocketIo(network: Network, page: Host): typeof io {
  const connect = () => {
    const listeners = new Map<string, (payload?: unknown) => void>()
    const tell = (event: string, payload?: unknown) => listeners.get(event)?.(payload)
    const socket = {
      connected: false,
      sendBuffer: [] as const,
      on: (event: string, listener: (payload?: unknown) => void) => void listeners.set(event, listener),
      emit: (_event: 'frame', text: string) => link.send(text),
      disconnect() {
        socket.connected = false
        link.close()
      },
    }
    const link: LinkHandle = network.connect(page, 'socket-io', {
      opened() {
        socket.connected = true
        tell('connect')
      },
      received: (text) => tell('frame', JSON.parse(text)),
      ended(end) {
        const wasConnected = socket.connected
        socket.connected = false
        if (wasConnected) tell('disconnect', REASONS[end])
        else tell('connect_error', new Error('xhr poll error'))
      },
    })
    return socket
  }
  return connect as unknown as typeof io
}
