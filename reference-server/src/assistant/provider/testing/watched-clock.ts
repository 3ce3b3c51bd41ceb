import { createManualClock, type ManualClock } from '../../../realtime/testing/manual-clock.js'

/** A manual clock on which one can wait for a timer to be set: then whoever sets it has come so far. */
export interface WatchedClock extends ManualClock {
  /** Resolves when a timer of this delay is set for the time of this number, counted from 1. */
  armed(delayMs: number, times?: number): Promise<void>
}

/** Makes one. */
export function createWatchedClock(): WatchedClock {
  const clock = createManualClock()
  const set: number[] = []
  const waiting = new Set<() => void>()
  const counted = (delayMs: number) => set.filter((other) => other === delayMs).length
  return {
    now: clock.now,
    advance: clock.advance,
    get pending() {
      return clock.pending
    },
    setTimeout(run, delayMs) {
      const cancel = clock.setTimeout(run, delayMs)
      set.push(delayMs)
      for (const look of waiting) look()
      return cancel
    },
    armed: (delayMs, times = 1) =>
      new Promise((resolve) => {
        const look = () => {
          if (counted(delayMs) < times) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
