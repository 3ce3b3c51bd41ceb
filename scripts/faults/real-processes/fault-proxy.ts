import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Line } from './line.js'
import { type Direction, Passage } from './passage.js'

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
