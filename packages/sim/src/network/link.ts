import type { Peer, PeerListener } from '@chatdesk/server/testing/realtime'
import type { Host, World } from '../world.js'
import type { Access, Carrier } from './access.js'

/** A server that looks for dead links finds one within this time, in milliseconds: two of its heartbeats. */
const SERVER_NOTICES_MS = [25_000, 50_000] as const
/** socket.io's own watch on the client: ping interval and timeout together. */
const CLIENT_NOTICES_MS = 45_000

/** Where a stream of numbers begins, and what has none: there the client relies on the transport's order (T6). */
const UNNUMBERED = /^{"type":"(session\.|conversation\.synced|inbox\.)/
const PERFECT: Access['down'] = { lose: 0, repeat: 0, swap: 0 }

/** How a link ends for the one who learns of it. */
export type LinkEnd = 'closed' | 'broken' | 'silent'

/** What the page's end hears. */
export interface LinkListener {
  opened(): void
  received(text: string): void
  ended(end: LinkEnd): void
}

/** The node's end. */
export interface LinkPeer extends Peer {
  /** Breaks off, as a server does that destroys its socket. */
  cut(): void
}

/** What hears it there. */
export type LinkServer = Pick<PeerListener, 'onText' | 'onClose'>

/** What sees every frame that passes, on the side that says it. */
export interface LinkWatcher {
  clientSent(page: Host, text: string): void
  serverSent(page: Host, text: string): void
}

/** What a link is made of. */
export interface LinkParts {
  world: World
  page: Host
  access: Access
  node: Host
  transport: Carrier
  listener: LinkListener
  watcher: LinkWatcher
  /** The client itself looks for a silent server. */
  pings: boolean
  onGone: () => void
}

interface Pipe {
  to: Host
  /** Nothing that is on its way arrives before what was sent earlier. */
  lastAt: number
  silent: boolean
  /** Bytes on their way. */
  waiting: number
}

/** One connection between a page and a node: ordered and whole, until something happens to it. */
export class Link {
  readonly #parts: LinkParts
  readonly #up: Pipe
  readonly #down: Pipe
  #server: LinkServer | undefined
  #clientOpen = true
  #serverOpen = true
  /** What was on its way when the link broke does not arrive. */
  #tailLost = false

  constructor(parts: LinkParts) {
    this.#parts = parts
    this.#up = { to: parts.node, lastAt: 0, silent: false, waiting: 0 }
    this.#down = { to: parts.page, lastAt: 0, silent: false, waiting: 0 }
  }

  get page(): Host {
    return this.#parts.page
  }

  get node(): Host {
    return this.#parts.node
  }

  /** The node takes the link. */
  open(accept: (peer: LinkPeer) => LinkServer): void {
    const { listener, transport } = this.#parts
    const down = this.#down
    this.#server = accept({
      transport,
      origin: 'https://shop.example',
      get bufferedBytes() {
        return down.waiting
      },
      send: (text) => this.#serverSend(text),
      close: () => this.#serverClose(),
      cut: () => this.cut(true),
    })
    this.#pass(down, 0, () => listener.opened())
  }

  clientSend(text: string): void {
    if (!this.#clientOpen) return
    const { watcher, page } = this.#parts
    watcher.clientSent(page, text)
    this.#pass(this.#up, text.length, () => this.#serverOpen && this.#server?.onText(text))
  }

  /** The page closes, or is gone. */
  clientClose(): void {
    if (!this.#clientOpen) return
    this.#clientOpen = false
    this.#pass(this.#up, 0, () => this.#endServer())
    this.#parts.onGone()
  }

  /** Both ends learn of it. `tailLost`: what is on its way is lost with it. */
  cut(tailLost: boolean): void {
    this.#tailLost = tailLost
    const { world, page, node } = this.#parts
    world.after(this.#delay(), () => this.#endClient('broken'), page)
    world.after(this.#delay(), () => this.#endServer(), node)
  }

  /** Nothing passes any more, and nobody is told. */
  silence(direction: 'up' | 'down' | 'both'): void {
    if (direction !== 'down') this.#up.silent = true
    if (direction !== 'up') this.#down.silent = true
    const { world, page, node, pings } = this.#parts
    world.after(world.random.between(...SERVER_NOTICES_MS), () => this.#serverGivesUp(), node)
    if (pings && direction !== 'up') world.after(CLIENT_NOTICES_MS, () => this.#endClient('silent'), page)
  }

  /** Nothing passes for a while, then everything does. */
  stall(milliseconds: number): void {
    const until = this.#parts.world.now + milliseconds
    this.#up.lastAt = Math.max(this.#up.lastAt, until)
    this.#down.lastAt = Math.max(this.#down.lastAt, until)
  }

  #serverSend(text: string): void {
    if (!this.#serverOpen) return
    const { world, access, watcher, page, listener, transport } = this.#parts
    watcher.serverSent(page, text)
    // A stream over HTTP is whole or breaks off.
    if (transport === 'http' && world.random.chance(access.down.lose)) this.cut(true)
    const { lose, repeat, swap } = transport === 'http' || UNNUMBERED.test(text) ? PERFECT : access.down
    const receive = () => this.#clientOpen && listener.received(text)
    if (world.random.chance(lose)) {
      world.note(() => `a frame to ${page.name} is lost`)
      return
    }
    if (world.random.chance(swap)) {
      world.note(() => `a frame to ${page.name} is overtaken`)
      world.after(this.#delay() + world.random.between(1, 2000), receive, page)
      return
    }
    this.#pass(this.#down, text.length, receive)
    if (world.random.chance(repeat)) this.#pass(this.#down, 0, receive)
  }

  #serverClose(): void {
    if (!this.#serverOpen) return
    this.#pass(this.#down, 0, () => this.#endClient('closed'))
    this.#endServer()
  }

  #serverGivesUp(): void {
    if (!this.#serverOpen) return
    this.#pass(this.#down, 0, () => this.#endClient('broken'))
    this.#endServer()
  }

  #endClient(end: LinkEnd): void {
    if (!this.#clientOpen) return
    this.#clientOpen = false
    this.#parts.onGone()
    this.#parts.listener.ended(end)
  }

  #endServer(): void {
    if (!this.#serverOpen) return
    this.#serverOpen = false
    this.#server?.onClose()
  }

  #pass(pipe: Pipe, bytes: number, arrive: () => void): void {
    pipe.waiting += bytes
    if (pipe.silent) return
    const { world } = this.#parts
    pipe.lastAt = Math.max(pipe.lastAt, world.now + this.#delay())
    world.after(
      pipe.lastAt - world.now,
      () => {
        if (pipe.silent || this.#tailLost) return
        pipe.waiting -= bytes
        arrive()
      },
      pipe.to,
    )
  }

  #delay(): number {
    const { world, access } = this.#parts
    return world.random.between(2, 40) + access.slowMs
  }
}
