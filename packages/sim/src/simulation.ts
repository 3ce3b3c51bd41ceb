import { textOf } from '@chatdesk/protocol'
import { AgentDesk } from './actors/agent-desk.js'
import type { Page } from './actors/page.js'
import type { Surroundings, TransportName } from './actors/page-platform.js'
import { VisitorTab } from './actors/visitor-tab.js'
import { Database } from './model/database.js'
import { HintNetwork } from './model/hint-network.js'
import { Ledger } from './model/ledger.js'
import { LogStore } from './model/log-store.js'
import { type ClusterParts, ServerNode } from './model/server-node.js'
import type { Mutant } from './mutants.js'
import type { LinkWatcher } from './network/link.js'
import { Network } from './network/network.js'
import { Disk } from './platform/disk.js'
import { SimulatedTabs } from './platform/simulated-tabs.js'
import type { Host, World } from './world.js'

/** A message on its way up, and its answer; a request carries several frames. */
const SEND = /"type":"message\.send"[^\n]*?"text":"(<[^<>"]+>)"[^\n]*?"commandId":"([^"]+)"/g
const ACK = /"type":"ack","commandId":"([^"]+)","ok":true,"seq":(\d+)/g

/** What a schedule consists of. */
export interface SimulationOptions {
  world: World
  transports: readonly TransportName[]
  nodes: number
  mutant: Mutant | undefined
}

/** Everybody and everything in one schedule. */
export class Simulation {
  readonly world: World
  readonly ledger: Ledger
  readonly store: LogStore
  readonly database: Database
  readonly network: Network
  readonly disks: Disk[] = []
  readonly tabs: VisitorTab[] = []
  readonly agent: AgentDesk
  nodes: ServerNode[] = []
  readonly hints: HintNetwork
  readonly #cluster: ClusterParts
  #started = 0

  constructor({ world, transports, nodes, mutant = {} }: SimulationOptions) {
    this.world = world
    this.ledger = new Ledger(() => world.elapsed)
    const Store = mutant.store ?? LogStore
    this.store = new Store({ id: () => world.id(), now: () => world.now })
    this.database = new Database(world)
    this.hints = new HintNetwork(world)
    this.network = new Network(world, this.#watcher())
    this.#cluster = {
      world,
      store: this.store,
      database: this.database,
      hints: this.hints,
      wrap: mutant.backend ?? ((backend) => backend),
      sweepMs: mutant.sweepMs,
    }
    const around: Surroundings = {
      world,
      network: this.network,
      ledger: this.ledger,
      store: this.store,
      transports,
      wrapTransport: mutant.transport ?? ((factory) => factory),
      wrapStorage: (storage) => mutant.storage?.(storage, world) ?? storage,
    }
    for (let count = 0; count < nodes; count += 1) this.startNode()
    const { random } = world
    for (let visitor = 0; visitor < random.between(1, 2); visitor += 1) {
      const disk = this.#newDisk()
      const cookie = {}
      const shared = random.chance(0.4) ? new SimulatedTabs(world) : undefined
      for (let tab = 0; tab < random.between(1, shared ? 3 : 2); tab += 1)
        this.tabs.push(new VisitorTab(around, `v${visitor}t${tab}`, disk, cookie, shared))
    }
    // Plain HTTP is for visitors: a ticket opens one connection, and there each request is one.
    const links = transports.filter((name) => name !== 'sse' && name !== 'polling')
    const ofAgent: Surroundings = { ...around, transports: links.length > 0 ? links : ['websocket'] }
    this.agent = new AgentDesk(ofAgent, 'agent', this.#newDisk())
  }

  get pages(): readonly Page[] {
    return [...this.tabs, this.agent]
  }

  /** Another process joins the balancer. */
  startNode(): void {
    this.#started += 1
    const node = new ServerNode(this.#cluster, `node ${this.#started}`)
    this.world.note(() => `${node.host.name} starts`)
    this.nodes.push(node)
    this.network.servers.push(node)
  }

  /** A process is gone, and with it what was under way. */
  loseNode(node: ServerNode, how: 'killed' | 'unplugged'): void {
    this.world.note(() => `${node.host.name} is ${how}`)
    node.die()
    this.network.lose(node.host, how)
    this.nodes = this.nodes.filter((other) => other !== node)
    this.network.servers.splice(this.network.servers.indexOf(node), 1)
  }

  /** The page that a host is a load of. */
  #pageOf(host: Host): Page | undefined {
    return this.pages.find(({ platform }) => platform?.host === host)
  }

  #newDisk(): Disk {
    const disk = new Disk(this.world)
    this.disks.push(disk)
    return disk
  }

  /** Looks at every frame where it is said. */
  #watcher(): LinkWatcher {
    const { ledger, world } = this
    const commands = new Map<string, string>()
    return {
      clientSent: (host, sent) => {
        world.note(() => `${host.name} > ${sent}`)
        for (const [, text = '', commandId = ''] of sent.matchAll(SEND)) {
          commands.set(commandId, text)
          const page = this.#pageOf(host)
          // A request that is long on its way may be overtaken by what it brings about.
          const isWritten = page?.inMemory || page?.disk.holds(text) || this.#placesOf(text).length > 0
          if (page && !isWritten) ledger.violate('lost', `${text} was sent while it was not on disk`)
        }
      },
      serverSent: (host, sent) => {
        world.note(() => `${host.name} < ${sent}`)
        for (const [, commandId = '', seq] of sent.matchAll(ACK)) {
          const text = commands.get(commandId)
          if (text !== undefined && !this.#placesOf(text).includes(Number(seq)))
            ledger.violate('lost', `${text} was acknowledged at ${seq}, where the log does not have it`)
        }
      },
    }
  }

  /** Where a message stands in the logs. */
  #placesOf(text: string): number[] {
    return [...this.store.conversations.values()].flatMap(({ log }) =>
      log.flatMap((event) => (event.type === 'message.created' && textOf(event.parts) === text ? event.seq : [])),
    )
  }
}
