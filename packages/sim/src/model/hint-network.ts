import type { Hint, HintBus } from '@chatdesk/server/testing/realtime'
import type { Host, World } from '../world.js'
import { ORGANIZATION_ID } from './log-store.js'

/** The way between nodes: what is told on it may be lost, doubled, late and forged. */
export class HintNetwork {
  /** What becomes of a hint, as probabilities. */
  readonly mood = { lose: 0, repeat: 0 }
  readonly #world: World
  readonly #listeners = new Map<Host, Set<(hint: Hint) => void>>()

  constructor(world: World) {
    this.#world = world
  }

  /** A node's end of it. */
  join(node: Host): HintBus {
    const listeners = new Set<(hint: Hint) => void>()
    this.#listeners.set(node, listeners)
    return {
      state: 'connected',
      publish: (hint) => {
        for (const other of this.#listeners.keys()) if (other !== node) this.#carry(hint, other)
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      close: async () => {},
    }
  }

  /** As if a node had told all others of this conversation. */
  forge(conversationId: string): void {
    for (const node of this.#listeners.keys())
      this.#carry({ type: 'conversation.changed', organizationId: ORGANIZATION_ID, conversationId }, node)
  }

  heal(): void {
    Object.assign(this.mood, { lose: 0, repeat: 0 })
  }

  #carry(hint: Hint, to: Host): void {
    const { random } = this.#world
    if (random.chance(this.mood.lose)) return
    for (let times = random.chance(this.mood.repeat) ? 2 : 1; times > 0; times -= 1)
      this.#world.after(
        random.between(1, 30),
        () => {
          for (const listener of this.#listeners.get(to) ?? []) listener(hint)
        },
        to,
      )
  }
}
