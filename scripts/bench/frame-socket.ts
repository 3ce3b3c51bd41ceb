import { once } from 'node:events'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'

/** A connection that carries text both ways, whatever the library. */
export interface TextSocket {
  send(text: string): void
  onText(listener: (text: string) => void): void
  /** The far side has ended it, or the network. */
  onClose(listener: () => void): void
  close(): void
}

/** The two ways to connect that are measured. */
export type TransportName = 'ws' | 'socket.io'

/** Where and as whom to connect. `path` of the WebSocket; `socketPath` of socket.io. */
export interface Address {
  /** `http://127.0.0.1:PORT` */
  base: string
  path: string
  socketPath: string
  subprotocol?: string
  origin: string
}

/** Opens a connection; rejects when it is refused. */
export function openSocket(transport: TransportName, address: Address): Promise<TextSocket> {
  return transport === 'ws' ? openWebSocket(address) : openSocketIo(address)
}

async function openWebSocket({ base, path, subprotocol, origin }: Address): Promise<TextSocket> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`, subprotocol ? [subprotocol] : [], {
    origin,
    perMessageDeflate: false,
  })
  await once(socket, 'open')
  return {
    send: (text) => socket.send(text),
    onText: (listener) => socket.on('message', (data) => listener(String(data))),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.terminate(),
  }
}

async function openSocketIo({ base, socketPath, origin }: Address): Promise<TextSocket> {
  const socket = io(base, {
    path: socketPath,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    send: (text) => socket.emit('frame', text),
    onText: (listener) => socket.on('frame', listener),
    onClose: (listener) => socket.on('disconnect', listener),
    close: () => socket.disconnect(),
  }
}
