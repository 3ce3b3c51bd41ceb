import type { Clock } from '../ports.js'

/** A clock that stands still until it is told otherwise. */
export interface ManualClock extends Clock {
  /** Moves time on, runs what falls due in its order, and lets what follows from it happen. */
  advance(milliseconds: number): Promise<void>
  /** Timers that wait: 0 after everything was disposed of. */
  readonly pending: number
}

/** Lets everything happen that needs no time: promises, and one turn of the platform's queue. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/** Starts at `start`, in milliseconds since the epoch. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    setTimeout(run, delayMs) {
      const timer = { at: now + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(milliseconds) {
      const end = now + milliseconds
      await settle()
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.run()
        await settle()
      }
      now = end
    },
    get pending() {
      return timers.size
    },
  }
}
