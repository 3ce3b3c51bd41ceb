import type { Hint } from '../hint.js'
import type { HintBus } from '../hint-bus.js'

/** A way between nodes that a test holds in its hands. */
export interface MemoryHintBus extends HintBus {
  /** What this node told. */
  readonly published: readonly Hint[]
  /** As if another node, or whoever got hold of the way, had told it. */
  deliver(hint: Hint): void
}

export function createMemoryHintBus(): MemoryHintBus {
  const published: Hint[] = []
  const listeners = new Set<(hint: Hint) => void>()
  return {
    state: 'connected',
    published,
    publish: (hint) => void published.push(hint),
    deliver(hint) {
      for (const listener of listeners) listener(hint)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {},
  }
}
