import type { Clock } from '../ports.js'

/** Least time between two signs, in milliseconds (Y1). */
const REPEAT_MS = 3_000

/** Turns keystrokes into few signs. */
export function createTypingSign(clock: Clock, send: (active: boolean) => void): (active: boolean) => void {
  /** When it was last said; undefined while the others think that nobody types. */
  let saidAt: number | undefined

  return (active) => {
    if (!active) {
      if (saidAt !== undefined) send(false)
      saidAt = undefined
    } else if (saidAt === undefined || clock.now() - saidAt >= REPEAT_MS) {
      saidAt = clock.now()
      send(true)
    }
  }
}
