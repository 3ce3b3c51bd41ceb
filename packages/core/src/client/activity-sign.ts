import type { Clock } from '../ports.js'

/**
 * Tells the server when the visitor has done nothing for a while, and when they are back (N1).
 * `say` answers whether there is a connection that carries it.
 */
export function createActivitySign(clock: Clock, inactivityMs: number, say: (active: boolean) => boolean) {
  let active = true
  let unsaid = false
  let cancel = () => {}

  function turn(next: boolean): void {
    active = next
    unsaid = !say(next)
  }

  return {
    /** The visitor has done something. */
    note(): void {
      if (!active) turn(true)
      cancel()
      if (inactivityMs > 0) cancel = clock.setTimeout(() => turn(false), inactivityMs)
    },
    /** A new connection takes the visitor for active, unless another has heard otherwise. */
    online(): void {
      if (unsaid || !active) turn(active)
    },
    /** Nothing is noted any more. */
    end(): void {
      inactivityMs = 0
      cancel()
    },
  }
}
