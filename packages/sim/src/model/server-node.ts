import type { InitResponse } from '@chatdesk/protocol'
import { createRealtimeNode } from '@chatdesk/server/testing/realtime'
import type { Server } from '../network/server.js'
import { Host, type World } from '../world.js'
import { createNodeBackend, type NodeBackend } from './backend.js'
import type { Database } from './database.js'
import { serveHttp } from './http-server.js'
import type { LogStore } from './log-store.js'

/** The server's default (S5), in milliseconds. */
const HEARTBEAT_MS = 25_000
/** How often a node looks for what it was not told of, in milliseconds. */
const SWEEP_MS = 2_000
/** Clients of a draining server come back spread over this many milliseconds. */
const DRAIN_SPREAD_MS = 5_000

/** What all nodes share. */
export interface ClusterParts {
  world: World
  store: LogStore
  database: Database
  /** Told of what a node has committed. */
  onCommit: (by: ServerNode, conversationId: string) => void
  /** What the backend of a node becomes before it is used. */
  wrap: (backend: NodeBackend) => NodeBackend
}

/** One process of the server, from its start to its end. */
export class ServerNode implements Server {
  readonly host: Host
  accepting = true
  readonly accept: Server['accept']
  readonly acceptHttp: Server['acceptHttp']
  readonly backend: NodeBackend
  readonly #parts: ClusterParts
  readonly #realtime: ReturnType<typeof createRealtimeNode>

  constructor(parts: ClusterParts, name: string) {
    this.#parts = parts
    const { world, store, database, onCommit, wrap } = parts
    this.host = new Host(world, name)
    this.backend = wrap(createNodeBackend({ store, database, node: this.host, onCommit: (id) => onCommit(this, id) }))
    this.#realtime = createRealtimeNode({ backend: this.backend, clock: this.host.clock, heartbeatMs: HEARTBEAT_MS })
    this.accept = this.#realtime.accept
    this.acceptHttp = (target) => serveHttp(this.#realtime.http, target)
    this.#sweepLater()
  }

  /** Sends every client away, each for another while. */
  drain(): void {
    this.accepting = false
    this.#realtime.drain(() => this.#parts.world.random.between(0, DRAIN_SPREAD_MS))
  }

  /** The process is gone. */
  die(): void {
    this.accepting = false
    this.host.die()
  }

  async init(request: Parameters<Server['init']>[0]): Promise<InitResponse> {
    const { store, database } = this.#parts
    const { token, visitorToken, actor } = await database.run(this.host, () => store.openSession(request))
    return {
      token,
      sendToken: `st_${token}`,
      expiresAt: actor.expiresAt.toISOString(),
      visitorToken,
      visitorId: actor.visitorId,
      sessionId: actor.sessionId,
      conversationId: null,
      widget: { key: request.widgetKey } as InitResponse['widget'],
    }
  }

  ticket(): Promise<string> {
    return this.#parts.database.run(this.host, () => `tk_${this.#parts.world.id()}`)
  }

  #sweepLater(): void {
    const { random } = this.#parts.world
    this.host.clock.setTimeout(() => this.#sweep(), SWEEP_MS + random.between(-200, 200))
  }

  #sweep(): void {
    this.backend.refresh().then(
      () => this.#sweepLater(),
      () => this.#sweepLater(),
    )
  }
}
