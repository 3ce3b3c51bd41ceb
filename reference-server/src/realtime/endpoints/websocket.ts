import type { IncomingMessage } from 'node:http'
import { LIMITS, WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import type { RealtimeClock } from '../clock.js'
import type { KeyedCap } from '../keyed-cap.js'
import type { AcceptPeer, Peer } from '../peer.js'
import { type Endpoint, refuseUpgrade } from './endpoint.js'
import { gatherWrites } from './gather-writes.js'

/** Room for a frame just above the limit, which is then refused with an answer (F5); a larger one ends the connection. */
const MAX_PAYLOAD = LIMITS.frameBytes + 1024
/** How long a closed peer may take to say so too, in milliseconds. */
export const CLOSE_TIMEOUT_MS = 5000
/** A live peer, or this process itself, may be busy for this long before a ping is answered, however short the heartbeat is. */
const LEAST_PROBE_MS = 5000

/** What the endpoints share. */
export interface EndpointOptions {
  accept: AcceptPeer
  addresses: KeyedCap
  /** The network address that a request comes from. */
  addressOf: (request: IncomingMessage) => string
  clock: RealtimeClock
  /** How often a dead link is looked for, in milliseconds; not more often than an answer may take. */
  heartbeatMs: number
  startTimeoutMs: number
}

/** Frames as text messages of a WebSocket with the subprotocol `chatdesk.v1`, on `/ws`. */
export function webSocketEndpoint(options: EndpointOptions): Endpoint {
  const { accept, addresses, addressOf, clock, heartbeatMs } = options
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    // Spread, because the type package is older than the option.
    ...{ closeTimeout: CLOSE_TIMEOUT_MS },
    handleProtocols: () => WEBSOCKET_SUBPROTOCOL,
  })
  const answered = new WeakSet<WebSocket>()
  const probeMs = Math.max(heartbeatMs, LEAST_PROBE_MS)

  const connect = (socket: WebSocket, request: IncomingMessage) => {
    const listener = accept(peerOf(socket, request))
    answered.add(socket)
    socket.on('pong', () => answered.add(socket))
    socket.on('message', (data, isBinary) => listener.onText(isBinary ? '' : data.toString()))
    socket.on('close', () => listener.onClose())
    // Broken frames and resets: `close` follows.
    socket.on('error', () => {})
  }

  /** A link that died without a word answers no ping; without this its socket would stay for many minutes. */
  const probe = () => {
    for (const socket of server.clients) {
      if (!answered.delete(socket)) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.ping()
    }
    cancelProbe = clock.setTimeout(probe, probeMs)
  }
  let cancelProbe = clock.setTimeout(probe, probeMs)

  return {
    path: '/ws',
    handleUpgrade(request, socket, head) {
      const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim())
      if (!offered?.includes(WEBSOCKET_SUBPROTOCOL)) return refuseUpgrade(socket, '400 Bad Request')
      const address = addressOf(request)
      if (addresses.isFull(address)) return refuseUpgrade(socket, '429 Too Many Requests')
      socket.once('close', addresses.enter(address))
      server.handleUpgrade(request, socket, head, connect)
    },
    close() {
      cancelProbe()
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

function peerOf(socket: WebSocket, { headers, socket: link }: IncomingMessage): Peer {
  const gather = gatherWrites(link)
  return {
    transport: 'websocket',
    origin: headers.origin,
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    send(text) {
      gather()
      socket.send(text)
    },
    close: (code, reason) => socket.close(code, reason),
  }
}
