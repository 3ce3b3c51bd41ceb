import type { IncomingMessage, Server } from 'node:http'
import { type HintBus, noHints } from '../nodes/hint-bus.js'
import type { Place, PresenceBoard } from '../nodes/presence-board.js'
import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'
import { type RealtimeClock, systemClock } from './clock.js'
import { Connection } from './connection.js'
import { httpEndpoints } from './endpoints/http.js'
import { socketIoEndpoint } from './endpoints/socket-io.js'
import { webSocketEndpoint } from './endpoints/websocket.js'
import { Hub } from './hub.js'
import { KeyedCap } from './keyed-cap.js'
import { KeyedRates } from './keyed-rates.js'
import { DEFAULT_LIMITS, type RealtimeLimits } from './limits.js'
import { mount } from './mount.js'
import type { AcceptPeer } from './peer.js'
import type { Speaker, Speaking } from './speaking.js'
import { endFallenMembers } from './standing-members.js'
import { createSurroundings } from './surroundings.js'
import { startSweep } from './sweep.js'

export { authorOf } from './author.js'
export type { Change, RealtimeBackend } from './backend.js'
export { type RealtimeClock, realtimeClock, systemClock } from './clock.js'
export type { RealtimeLimits } from './limits.js'
export type { Speaker, Speaking } from './speaking.js'
export { startSweep } from './sweep.js'

/** Options of `createRealtime`. */
export interface RealtimeOptions {
  backend: RealtimeBackend
  logger: Logger
  clock?: RealtimeClock | undefined
  /** What is not given keeps its default. */
  limits?: Partial<RealtimeLimits> | undefined
  /** S5, in milliseconds. Default 25,000. */
  heartbeatMs?: number | undefined
  /** The network address that a request comes from. Default: the socket's; behind a proxy, tell what the proxy says. */
  addressOf?: ((request: IncomingMessage) => string) | undefined
  /** The way to other nodes. Default: none. */
  hints?: HintBus | undefined
  /** Where nodes say who is connected to them; read and written as often as `sweepMs` says. Default: there are no others. */
  presenceBoard?: PresenceBoard | undefined
  /** How often to look for what other nodes have written, in milliseconds. Default: never. */
  sweepMs?: number | undefined
  /** Uniform in [0, 1), to spread the clients of a draining server and the sweeps of many. */
  random?: (() => number) | undefined
}

/** Live connections over every transport. */
export interface Realtime {
  /** Serves `<path>/ws`, `<path>/socket.io/`, `<path>/sse` and `<path>/poll` on a server that the host owns, and leaves its other upgrades alone. Call it after the host's request listeners are set. */
  attach(server: Server, options?: { path?: string | undefined }): void
  /** How many there are now. */
  readonly connections: number
  /** Shows in a conversation, here and at other nodes, that the assistant writes, and what it has written by now (B7). */
  speak(speaker: Speaker): Speaking
  /** The people who are connected in a place, here or at another node; for a while after they have gone (P1). */
  whoIsThere(place: Place): Promise<ReadonlySet<string>>
  /** Whether anybody, or this person, is connected in a place, here or at another node; for a while after they have gone. */
  isThere(place: Place, personId?: string): Promise<boolean>
  /** Sends every client away, each to come back at another moment; resolves when all are gone, or after 8 seconds. */
  drain(): Promise<void>
  /** Cuts what is left and gives the servers back as they were. */
  close(): Promise<void>
}

/** Clients of a draining server come back spread over this many milliseconds. */
const RECONNECT_SPREAD_MS = 5000
/** How often to look who has lost access, in milliseconds: whoever has is out within 5 seconds, on every node. */
const LOOK_MS = 2000
/** A draining server waits no longer than this for its clients. */
const DRAIN_TIMEOUT_MS = 8000

/** The realtime layer: sockets in front, `backend` behind. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const { backend, logger, clock = systemClock, heartbeatMs = 25_000, random = Math.random } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { hints = noHints, presenceBoard, sweepMs } = options
  const hub = new Hub({ backend, clock, logger, hints, presenceBoard, sweepMs, random })
  const surroundings = createSurroundings({ backend, hub, clock, logger, limits, heartbeatMs })
  const connections = new Set<Connection>()
  const unmounts: (() => void)[] = []
  let draining = false
  let onEmpty: (() => void) | undefined

  const sendAway = (connection: Connection) => connection.drain(Math.round(random() * RECONNECT_SPREAD_MS))

  const stopLooking = startSweep({
    clock,
    // Two small questions: nodes may ask them at the same moment.
    random: () => 0.5,
    intervalMs: LOOK_MS,
    look: async () => {
      await Promise.all([endFallenMembers(connections, backend, logger), hub.widgets.look()])
    },
  })

  const accept: AcceptPeer = (peer) => {
    const connection = new Connection(surroundings, peer, () => {
      connections.delete(connection)
      if (connections.size === 0) onEmpty?.()
    })
    connections.add(connection)
    if (draining) sendAway(connection)
    return connection
  }

  const shared = {
    accept,
    addresses: new KeyedCap(limits.connectionsPerAddress),
    addressOf: options.addressOf ?? ((request: IncomingMessage) => request.socket.remoteAddress ?? ''),
    clock,
    heartbeatMs,
    startTimeoutMs: limits.startTimeoutMs,
  }
  const endpoints = [
    webSocketEndpoint(shared),
    socketIoEndpoint({ ...shared, isKnownOrigin: (origin) => backend.isKnownOrigin(origin) }),
    ...httpEndpoints({ ...shared, requests: new KeyedRates(limits.requestsPerAddress) }),
  ]

  return {
    attach(server, { path = '' } = {}) {
      unmounts.push(mount(server, path, endpoints))
    },
    get connections() {
      return connections.size
    },
    speak: (speaker) => hub.speak(speaker),
    async isThere(place, personId) {
      const { presence } = hub
      if (personId === undefined ? presence.statusOf(place) !== 'offline' : presence.has(place, personId)) return true
      const elsewhere = (await presenceBoard?.find([place])) ?? []
      return elsewhere.some((sighting) => personId === undefined || sighting.personId === personId)
    },
    async whoIsThere(place) {
      const elsewhere = (await presenceBoard?.find([place])) ?? []
      return new Set([...hub.presence.whoIsThere(place), ...elsewhere.map(({ personId }) => personId)])
    },
    async drain() {
      draining = true
      const gone = new Promise<void>((resolve) => {
        if (connections.size === 0) return resolve()
        const cancel = clock.setTimeout(resolve, DRAIN_TIMEOUT_MS)
        onEmpty = () => {
          cancel()
          resolve()
        }
      })
      for (const connection of connections) sendAway(connection)
      await gone
    },
    async close() {
      draining = true
      stopLooking()
      hub.close()
      for (const endpoint of endpoints) endpoint.close()
      for (const unmount of unmounts.splice(0)) unmount()
      for (const connection of connections) connection.onClose()
    },
  }
}
