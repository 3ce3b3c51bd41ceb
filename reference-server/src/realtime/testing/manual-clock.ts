import type { RealtimeClock } from '../clock.js'

/** A clock that stands still until it is moved. */
export interface ManualClock extends RealtimeClock {
  /** Moves on and runs what is due, in order of its time. */
  advance(ms: number): void
  /** Timers that have not run. */
  readonly pending: number
}

/** Starts at a fixed moment. */
export function createManualClock(start = Date.UTC(2030, 0, 1)): ManualClock {
  let now = start
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    setTimeout(run, delayMs) {
      const timer = { at: now + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers.delete(due)
        now = due.at
        due.run()
      }
      now = end
    },
    get pending() {
      return timers.size
    },
  }
}
