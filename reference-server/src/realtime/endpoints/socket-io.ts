import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { LIMITS } from '@chatdesk/protocol'
import { Server, type Socket } from 'socket.io'
import { type ServerOptions, WebSocketServer } from 'ws'
import type { Peer } from '../peer.js'
import type { Endpoint } from './endpoint.js'
import { gatherWrites } from './gather-writes.js'
import { CLOSE_TIMEOUT_MS, type EndpointOptions } from './websocket.js'

/** The one event, in both directions. Its payload is a frame: from us the object itself, from a client that or its text. */
const FRAME_EVENT = 'frame'
/** The quotes of a frame that comes as text are escaped once more, which at worst doubles it. */
const MAX_PAYLOAD = 2 * LIMITS.frameBytes + 1024

/** The page behind a link. */
interface Page {
  origin: string | undefined
}

/** engine.io's connection, as far as its types hide it. */
interface Link {
  id: string
  request: IncomingMessage
  once(event: 'close', run: () => void): void
  on(event: 'packet', run: (packet: { type: string; data?: unknown }) => void): void
  close(): void
}

/** engine.io's own waits half a minute for a closed peer, which is no longer counted by then. */
class LinkServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    // Spread, because the type package is older than the option.
    super({ ...options, ...{ closeTimeout: CLOSE_TIMEOUT_MS } })
  }
}

/** How a packet of socket.io begins that asks to be connected to a namespace. */
const CONNECT_PACKET = '0'

/** What the endpoint needs beside what all share. */
export interface SocketIoEndpointOptions extends EndpointOptions {
  /** Whether any widget lets this origin in. */
  isKnownOrigin: (origin: string) => Promise<boolean>
}

/** Frames as `frame` events of socket.io, by WebSocket or by polling, on `/socket.io/`. */
export function socketIoEndpoint(options: SocketIoEndpointOptions): Endpoint {
  const { accept, addresses, addressOf, heartbeatMs, startTimeoutMs, isKnownOrigin } = options
  const io = new Server({
    serveClient: false,
    transports: ['websocket', 'polling'],
    wsEngine: LinkServer,
    connectTimeout: startTimeoutMs,
    pingInterval: heartbeatMs,
    maxHttpBufferSize: MAX_PAYLOAD,
    perMessageDeflate: false,
    httpCompression: false,
    cors: (request, decide) => {
      mayRead(request as IncomingMessage).then(
        (isReader) => decide(null, { origin: isReader, credentials: false }),
        () => decide(null, { origin: false }),
      )
    },
    allowRequest: (request, decide) => decide(null, !addresses.isFull(addressOf(request))),
  })
  // socket.io wants a server to take over. It gets one that never listens, and we hand it what is on its path.
  io.attach(createServer(), { destroyUpgrade: false })
  const pagesById = new Map<string, Page>()
  const pages = new WeakMap<object, Page>()
  const upgraded = new Set<Duplex>()
  const pageOf = ({ url }: IncomingMessage) =>
    pagesById.get(new URL(url ?? '/', 'http://localhost').searchParams.get('sid') ?? '')

  /**
   * Whether the page that asks may read the answer; no cookie has a part in it (W6). A link belongs to the page that has opened
   * it: whether that one may speak, `session.start` decides by its origin (S7). Before, it says nothing.
   */
  async function mayRead(request: IncomingMessage): Promise<boolean> {
    const { origin, upgrade } = request.headers
    if (origin === undefined || upgrade !== undefined) return false
    const page = pageOf(request)
    return page ? page.origin === origin : await isKnownOrigin(origin)
  }

  io.engine.on('connection', (link: Link) => {
    const leave = addresses.enter(addressOf(link.request))
    const page = { origin: link.request.headers.origin }
    pagesById.set(link.id, page)
    pages.set(link, page)
    // socket.io makes a connection, or an answer, of each request that comes before the first is granted.
    let connects = 0
    link.on('packet', ({ type, data }) => {
      if (type !== 'message' || typeof data !== 'string' || !data.startsWith(CONNECT_PACKET)) return
      connects += 1
      if (connects > 1) link.close()
    })
    link.once('close', () => {
      leave()
      pagesById.delete(link.id)
    })
  })

  io.on('connection', (socket) => {
    const listener = accept(peerOf(socket, pages.get(socket.conn), upgraded.has(socket.request.socket)))
    socket.onAny((event, payload) => listener.onText(event === FRAME_EVENT ? textOf(payload) : ''))
    socket.on('disconnect', () => {
      listener.onClose()
      // A client may leave the namespace and keep the link: it would stay for nothing.
      socket.conn.close()
    })
  })

  return {
    path: '/socket.io/',
    handleUpgrade(request, socket, head) {
      upgraded.add(socket)
      socket.once('close', () => upgraded.delete(socket))
      io.engine.handleUpgrade(request, socket, head)
    },
    handleRequest(request, response) {
      response.setHeader('vary', 'Origin')
      // A browser names its origin in every POST, but not in a GET to its own server.
      const page = pageOf(request)
      if (page) page.origin ??= request.headers.origin
      io.engine.handleRequest(request, response)
    },
    close() {
      io.disconnectSockets(true)
      io.engine.close()
      // It would wait half a minute for a peer to say that it has heard.
      for (const socket of upgraded) {
        // What was gathered for it leaves first.
        socket.uncork()
        socket.destroy()
      }
    },
  }
}

/** As the other transports carry it; what is neither text nor a value that can be written as such is no frame. */
function textOf(payload: unknown): string {
  if (typeof payload === 'string') return payload
  try {
    return ArrayBuffer.isView(payload) ? '' : (JSON.stringify(payload) ?? '')
  } catch {
    // Nested so deeply that the stack does not suffice.
    return ''
  }
}

function peerOf(socket: Socket, page: Page | undefined, isUpgraded: boolean): Peer {
  let writing = 0
  let waiting = 0
  // The link hands over a batch only when the one before it is out.
  // Behind a polling request there is nothing to gather for: an answer carries all that waits.
  const gather = isUpgraded ? gatherWrites(socket.request.socket) : undefined
  socket.conn.on('flush', () => {
    gather?.()
    writing = waiting
    waiting = 0
  })
  return {
    transport: 'socket-io',
    get origin() {
      return page?.origin
    },
    get bufferedBytes() {
      return writing + waiting
    },
    send(text) {
      if (!socket.connected) return
      // The packet as the parser would make it from the frame that this text says.
      const packet = `2["${FRAME_EVENT}",${text}]`
      waiting += packet.length
      socket.conn.write(packet, { compress: false })
    },
    close: () => socket.disconnect(true),
  }
}
