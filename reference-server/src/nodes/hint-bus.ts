import type { Hint } from './hint.js'

/** The way between nodes. Hints may be lost, doubled, late and forged; those who follow a log find what they were not told of. */
export interface HintBus {
  /** `none`: there is no such way here. */
  readonly state: 'none' | 'connected' | 'disconnected'
  /** Tells the other nodes, if that is possible now. */
  publish(hint: Hint): void
  /** Hints of other nodes; the answer ends the subscription. */
  subscribe(listener: (hint: Hint) => void): () => void
  close(): Promise<void>
}

/** A node alone, or among others that find each other's writes by their sweeps only. */
export const noHints: HintBus = {
  state: 'none',
  publish() {},
  subscribe: () => () => {},
  close: async () => {},
}
