import type { InitResponse } from '@chatdesk/protocol'
import { createRealtimeNode, type RealtimeBackend } from '@chatdesk/server/testing/realtime'
import type { Server } from '../network/server.js'
import { Host, type World } from '../world.js'
import { createNodeBackend } from './backend.js'
import type { Database } from './database.js'
import type { HintNetwork } from './hint-network.js'
import { serveHttp } from './http-server.js'
import { type LogStore, SHARED_WIDGET_KEY } from './log-store.js'

/** The server's default (S5), in milliseconds. */
const HEARTBEAT_MS = 25_000
/** The server's default for many nodes, in milliseconds. */
const SWEEP_MS = 2_000
/** Clients of a draining server come back spread over this many milliseconds. */
const DRAIN_SPREAD_MS = 5_000

/** What all nodes share. */
export interface ClusterParts {
  world: World
  store: LogStore
  database: Database
  hints: HintNetwork
  /** What the backend of a node becomes before it is used. */
  wrap: (backend: RealtimeBackend) => RealtimeBackend
  sweepMs?: number | undefined
}

/** One process of the server, from its start to its end. */
export class ServerNode implements Server {
  readonly host: Host
  accepting = true
  readonly accept: Server['accept']
  readonly acceptHttp: Server['acceptHttp']
  readonly #parts: ClusterParts
  readonly #realtime: ReturnType<typeof createRealtimeNode>

  constructor(parts: ClusterParts, name: string) {
    this.#parts = parts
    const { world, store, database, hints, wrap, sweepMs = SWEEP_MS } = parts
    this.host = new Host(world, name)
    this.#realtime = createRealtimeNode({
      backend: wrap(createNodeBackend({ store, database, node: this.host })),
      clock: this.host.clock,
      heartbeatMs: HEARTBEAT_MS,
      hints: hints.join(this.host),
      sweepMs,
      random: world.random.next,
    })
    this.accept = this.#realtime.accept
    this.acceptHttp = (target) => serveHttp(this.#realtime.http, target)
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
      cookie: { maxAgeDays: 90 },
      visitorId: actor.visitorId,
      sessionId: actor.sessionId,
      conversationId: null,
      widget: {
        key: request.widgetKey,
        tabs: request.widgetKey === SHARED_WIDGET_KEY ? 'shared' : 'isolated',
      } as InitResponse['widget'],
    }
  }

  ticket(): Promise<string> {
    return this.#parts.database.run(this.host, () => `tk_${this.#parts.world.id()}`)
  }
}
