import { once } from 'node:events'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'

/** A connection that carries JSON objects both ways, in the library's own manner. */
export interface FrameSocket {
  send(frame: object): void
  onFrame(listener: (frame: unknown) => void): void
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
export function openSocket(transport: TransportName, address: Address): Promise<FrameSocket> {
  return transport === 'ws' ? openWebSocket(address) : openSocketIo(address)
}

async function openWebSocket({ base, path, subprotocol, origin }: Address): Promise<FrameSocket> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`, subprotocol ? [subprotocol] : [], {
    origin,
    perMessageDeflate: false,
  })
  await once(socket, 'open')
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => socket.on('message', (data) => listener(JSON.parse(String(data)))),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.terminate(),
  }
}

async function openSocketIo({ base, socketPath, origin }: Address): Promise<FrameSocket> {
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
    send: (frame) => socket.emit('frame', frame),
    onFrame: (listener) => socket.on('frame', listener),
    onClose: (listener) => socket.on('disconnect', listener),
    close: () => socket.disconnect(),
  }
}
