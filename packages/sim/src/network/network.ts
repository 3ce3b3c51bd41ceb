import type { Host, World } from '../world.js'
import { Access, type Carrier } from './access.js'
import { Exchange } from './exchange.js'
import { Link, type LinkListener, type LinkWatcher } from './link.js'
import type { Server } from './server.js'

/** The page's end of a link. */
export interface LinkHandle {
  send(text: string): void
  close(): void
}

/** Everything between pages and nodes: a balancer without sticky sessions, and what can happen on the way. */
export class Network {
  readonly #world: World
  readonly #watcher: LinkWatcher
  readonly #access = new Map<Host, Access>()
  readonly #links = new Set<Link>()
  readonly #exchanges = new Set<Exchange<unknown>>()
  readonly servers: Server[] = []

  constructor(world: World, watcher: LinkWatcher) {
    this.#world = world
    this.#watcher = watcher
  }

  /** A page's way to the network. */
  accessOf(page: Host): Access {
    let access = this.#access.get(page)
    if (!access) {
      access = new Access()
      this.#access.set(page, access)
    }
    return access
  }

  /** Hands the way of a page on to the page that follows it in the same tab. */
  inherit(from: Host, to: Host): void {
    this.#access.set(to, this.accessOf(from))
  }

  linksOf(page: Host): Link[] {
    return [...this.#links].filter((link) => link.page === page)
  }

  /** Opens a link; whatever comes of it is told to the listener. `target`: a request for that path. */
  connect(page: Host, carrier: Carrier, listener: LinkListener, target?: string): LinkHandle {
    const world = this.#world
    const access = this.accessOf(page)
    let link: Link | undefined
    let givenUp = false
    const refuse = () => world.after(this.#delay(access), () => givenUp || listener.ended('broken'), page)
    world.after(this.#delay(access), () => {
      if (givenUp || page.state === 'dead') return
      const block = access.blocks.get(carrier)
      if (block === 'dropped') return
      const server = this.#pickServer()
      if (block === 'refused' || !server) return void refuse()
      const parts = { world, page, access, node: server.host, transport: carrier, listener, watcher: this.#watcher }
      const opened = new Link({
        ...parts,
        pings: carrier === 'socket-io',
        onGone: () => void this.#links.delete(opened),
      })
      link = opened
      this.#links.add(opened)
      opened.open(target === undefined ? server.accept : server.acceptHttp(target))
      if (block === 'buffered') opened.silence('down')
    })
    return {
      send: (text) => link?.clientSend(text),
      close() {
        givenUp = true
        link?.clientClose()
      },
    }
  }

  /** Asks a node something; the answer comes, or the promise rejects as `fetch` does, or nothing ever comes. */
  request<T>(page: Host, ask: (server: Server) => Promise<T>, signal?: AbortSignal | null): Promise<T> {
    const access = this.accessOf(page)
    const exchange = new Exchange<T>({
      world: this.#world,
      page,
      delay: () => this.#delay(access),
      onGone: () => {
        this.#exchanges.delete(exchange as Exchange<unknown>)
        signal?.removeEventListener('abort', giveUp)
      },
    })
    this.#exchanges.add(exchange as Exchange<unknown>)
    const giveUp = () => exchange.fail(signal?.reason)
    signal?.addEventListener('abort', giveUp)
    exchange.begin(() => {
      const block = access.blocks.get('http')
      if (block === 'dropped') return 'lost'
      const server = block === 'refused' ? undefined : this.#pickServer()
      if (!server) return 'refused'
      return { node: server.host, answer: () => ask(server), answerLost: block === 'buffered' }
    })
    return exchange.answer
  }

  /** Cuts all that a page has open. */
  cut(page: Host, tailLost: boolean): void {
    for (const link of this.linksOf(page)) link.cut(tailLost)
    for (const exchange of this.#exchanges) if (exchange.page === page) exchange.fail(new TypeError('Failed to fetch'))
  }

  /** A page is gone; what it had open is closed for it. */
  leave(page: Host): void {
    for (const link of this.linksOf(page)) link.clientClose()
  }

  /** A node is gone: its clients learn of it (`killed`), or hear nothing any more (`unplugged`). */
  lose(node: Host, how: 'killed' | 'unplugged'): void {
    for (const link of [...this.#links]) {
      if (link.node !== node) continue
      if (how === 'killed') link.cut(true)
      else link.silence('both')
    }
    for (const exchange of this.#exchanges)
      if (exchange.node === node && how === 'killed') exchange.fail(new TypeError('Failed to fetch'))
  }

  heal(): void {
    for (const access of this.#access.values()) access.heal()
  }

  #pickServer(): Server | undefined {
    const taking = this.servers.filter((server) => server.accepting)
    return taking.length > 0 ? this.#world.random.pick(taking) : undefined
  }

  #delay(access: Access): number {
    return this.#world.random.between(2, 40) + access.slowMs
  }
}
