import type { HintBus } from '../../nodes/hint-bus.js'
import { silentLogger } from '../../platform/logger.js'
import type { RealtimeBackend } from '../backend.js'
import type { RealtimeClock } from '../clock.js'
import { Connection } from '../connection.js'
import type { Endpoint } from '../endpoints/endpoint.js'
import { httpEndpoints } from '../endpoints/http.js'
import { Hub } from '../hub.js'
import { KeyedCap } from '../keyed-cap.js'
import { KeyedRates } from '../keyed-rates.js'
import { DEFAULT_LIMITS } from '../limits.js'
import type { AcceptPeer } from '../peer.js'
import { createSurroundings } from '../surroundings.js'

/** What a node is made of. */
export interface RealtimeNodeOptions {
  backend: RealtimeBackend
  clock: RealtimeClock
  /** S5, in milliseconds. */
  heartbeatMs: number
  hints: HintBus
  /** How often to look for what other nodes have written, in milliseconds. */
  sweepMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

/** The realtime layer of one process without its sockets: whoever calls `accept` carries the frames. */
export interface RealtimeNode {
  accept: AcceptPeer
  /** Those of plain HTTP, which need no socket of their own. */
  readonly http: readonly Endpoint[]
  /** Sends every client away, each for as long as `retryAfterMs` says. */
  drain(retryAfterMs: () => number): void
}

/** The same connections, sessions and hub as `createRealtime`, behind peers of the caller's own. */
export function createRealtimeNode(options: RealtimeNodeOptions): RealtimeNode {
  const { backend, clock, heartbeatMs } = options
  const limits = DEFAULT_LIMITS
  const hub = new Hub({ ...options, logger: silentLogger })
  const surroundings = createSurroundings({ backend, hub, clock, logger: silentLogger, limits, heartbeatMs })
  const connections = new Set<Connection>()
  const accept: AcceptPeer = (peer) => {
    const connection = new Connection(surroundings, peer, (closed) => void connections.delete(closed))
    connections.add(connection)
    return connection
  }
  const http = httpEndpoints({
    accept,
    addresses: new KeyedCap(limits.connectionsPerAddress),
    addressOf: () => 'simulated',
    clock,
    heartbeatMs,
    startTimeoutMs: limits.startTimeoutMs,
    requests: new KeyedRates(limits.requestsPerAddress),
  })
  return {
    accept,
    http,
    drain(retryAfterMs) {
      for (const connection of connections) connection.drain(retryAfterMs())
    },
  }
}
