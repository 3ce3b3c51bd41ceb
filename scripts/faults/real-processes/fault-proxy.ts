import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Direction, Passage } from './passage.js'

/** What a firewall or a bad proxy tells apart: a request for another protocol, or by its path. */
export const TRAFFIC = ['upgrade', '/ws', '/socket.io', '/sse', '/poll', '/api'] as const
/** One of these. */
export type Traffic = (typeof TRAFFIC)[number]
/** How it keeps traffic from passing: 403 at once · no answer ever · an answer passes when it is complete, and not before. */
export type Block = 'refused' | 'dropped' | 'buffered'

/** A page's way to the network, as it is right now. It outlives the loads of the page. */
export class Line {
  /** How much later each piece arrives, in milliseconds. */
  delayMs = 0
  /** Connections are accepted, and that is all. */
  mute = false
  /** The next message passes; its answer does not, and the connection ends instead. */
  losesAnswer = false
  /** The next message arrives so many milliseconds later, and its page loses the connection at once; 0: it does not. */
  lateMs = 0
  readonly blocks = new Map<Traffic, Block>()

  blockOf(requestHead: string): Block | undefined {
    const path = requestHead.split(' ', 2)[1] ?? ''
    const isUpgrade = /\r\nupgrade:/i.test(requestHead)
    for (const [traffic, block] of this.blocks)
      if (traffic === 'upgrade' ? isUpgrade : path.startsWith(traffic)) return block
    return undefined
  }

  heal(): void {
    this.delayMs = 0
    this.mute = false
    this.losesAnswer = false
    this.lateMs = 0
    this.blocks.clear()
  }
}

/** A proxy between one page and the server. */
export interface FaultProxy {
  readonly port: number
  /** Ends what is open, on both sides: as a router that forgets (`reset`), or in good order (`end`). */
  cut(how: 'reset' | 'end'): void
  /** From now on nothing passes this way on what is open, and neither side is told. */
  silence(directions: readonly Direction[]): void
  /** One side of what is open hears that the other one has finished, which it has not. */
  halfClose(direction: Direction): void
  /** The page's process is gone, and all of its connections with it. */
  close(): Promise<void>
}

/** Listens on loopback, on behalf of the server on another port of it. */
export async function startFaultProxy(serverPort: number, line: Line): Promise<FaultProxy> {
  const passages = new Set<Passage>()
  const listener = createServer({ allowHalfOpen: true }, (page) => {
    const passage = new Passage(page, serverPort, line, () => passages.delete(passage))
    passages.add(passage)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as { port: number }).port,
    cut: (how) => passages.forEach((passage) => void passage.cut(how)),
    silence: (directions) => passages.forEach((passage) => void passage.silence(directions)),
    halfClose: (direction) => passages.forEach((passage) => void passage.halfClose(direction)),
    async close() {
      const closed = once(listener, 'close')
      listener.close()
      for (const passage of passages) passage.cut('end')
      await closed
    },
  }
}
