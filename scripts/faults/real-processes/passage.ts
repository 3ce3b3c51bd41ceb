import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { carriesMessage } from './carries-message.js'
import type { Line } from './line.js'

/** From the page to the server, or back. */
export type Direction = 'up' | 'down'

/** How long the rest of a request may take that is to arrive late, in milliseconds. */
const REST_MS = 20

const HEAD_END = '\r\n\r\n'
const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** One connection of a page, and its other half to the server. What a request is, its first head tells for all that follow. */
export class Passage {
  readonly #page: Socket
  #server: Socket | undefined
  readonly #silent = new Set<Direction>()
  readonly #tails: Record<Direction, Promise<void>> = { up: Promise.resolve(), down: Promise.resolve() }
  #head = Buffer.alloc(0)
  #losesAnswer = false
  #isLate = false

  constructor(
    page: Socket,
    private readonly serverPort: number,
    private readonly line: Line,
    private readonly onClose: () => void,
  ) {
    this.#page = page
    // What follows an error is a close.
    page.on('error', () => {})
    page.on('data', (chunk) => this.#fromPage(chunk))
    page.on('end', () => this.#later('up', (server) => server.end()))
    page.on('close', () => {
      // Behind a silent line the server does not hear of it, nor of whoever comes late.
      if (!this.#silent.has('up') && !this.#isLate) this.#server?.destroy()
      this.#closed()
    })
  }

  cut(how: 'reset' | 'end'): void {
    for (const socket of [this.#page, this.#server])
      if (how === 'reset') socket?.resetAndDestroy()
      else socket?.destroy()
  }

  silence(directions: readonly Direction[]): void {
    for (const direction of directions) this.#silent.add(direction)
  }

  halfClose(direction: Direction): void {
    this.#later(direction, (sink) => sink.end())
  }

  #fromPage(chunk: Buffer): void {
    if (this.#server) this.#up(chunk)
    else if (!this.#silent.has('up')) this.#begin(chunk)
  }

  /** How it goes on is decided once the first head is complete. */
  #begin(chunk: Buffer): void {
    this.#head = Buffer.concat([this.#head, chunk])
    if (!this.#head.includes(HEAD_END)) return
    const block = this.line.blockOf(String(this.#head))
    if (block === 'refused') this.#page.end(FORBIDDEN)
    else if (block === 'dropped' || this.line.mute) this.silence(['up', 'down'])
    else {
      this.#server = this.#connect(block === 'buffered')
      this.#up(this.#head)
    }
  }

  #up(chunk: Buffer): void {
    const { line } = this
    if ((line.losesAnswer || line.lateMs > 0) && carriesMessage(chunk)) {
      this.#losesAnswer = line.losesAnswer
      if (line.lateMs > 0) this.#holdUp(line.lateMs)
      line.losesAnswer = false
      line.lateMs = 0
    }
    this.#later('up', (server) => server.write(chunk))
  }

  /** The page is told that its connection is gone; what it said before arrives all the same. */
  #holdUp(forMs: number): void {
    this.#isLate = true
    this.#tails.up = this.#tails.up.then(() => pause(forMs))
    setTimeout(() => this.#page.resetAndDestroy(), REST_MS)
  }

  #connect(isBuffered: boolean): Socket {
    const held: Buffer[] = []
    const server = connect({ port: this.serverPort, host: '127.0.0.1', allowHalfOpen: true })
    server.on('error', () => {})
    server.on('data', (chunk) => {
      // It has been done, and nobody will know.
      if (this.#losesAnswer) this.cut('reset')
      else if (isBuffered) held.push(chunk)
      else this.#later('down', (page) => page.write(chunk))
    })
    server.on('end', () => this.#later('down', (page) => page.end(Buffer.concat(held))))
    server.on('close', (isBroken) => {
      if (isBroken && !this.#silent.has('down')) this.#page.resetAndDestroy()
      else this.#later('down', (page) => page.end())
      this.#closed()
    })
    return server
  }

  /** Hands something over in its turn, unless the line has fallen silent by then. */
  #later(direction: Direction, act: (sink: Socket) => void): void {
    const { delayMs } = this.line
    this.#tails[direction] = this.#tails[direction].then(async () => {
      if (delayMs > 0) await pause(delayMs)
      const sink = direction === 'up' ? this.#server : this.#page
      if (sink?.writable && !this.#silent.has(direction)) act(sink)
    })
  }

  #closed(): void {
    if (this.#page.destroyed && (this.#server?.destroyed ?? true)) this.onClose()
  }
}
