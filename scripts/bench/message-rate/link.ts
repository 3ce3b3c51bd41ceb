import type { TransportName } from '../frame-socket.js'

/** A visitor and an agent, connected to the same conversation. */
export interface Link {
  /** Sends one message of the visitor; `done` is called when it is acked to the visitor AND delivered to the agent. */
  exchange(done: () => void): void
  close(): void
}

/** A server under load, in its own process. */
export interface Subject {
  name: string
  connect(transport: TransportName, pairs: number): Promise<Link[]>
  stop(): Promise<void>
}

/** As long as people's messages are. */
export const TEXT = 'Hello, I would like to know how long the registration of a company takes in Pune.'

/** Counts the two things that must happen to each message, by its id. */
export function createExchanges(): { begin(id: string, done: () => void): void; half(id: string): void } {
  const open = new Map<string, { halves: number; done: () => void }>()
  return {
    begin(id, done) {
      open.set(id, { halves: 0, done })
    },
    half(id) {
      const exchange = open.get(id)
      if (!exchange || ++exchange.halves < 2) return
      open.delete(id)
      exchange.done()
    },
  }
}
