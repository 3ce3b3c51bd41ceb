/** Time, injected so that tests own it. */
export interface RealtimeClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `run` once after `delayMs`; the answer cancels it. */
  setTimeout(run: () => void, delayMs: number): () => void
}

/** The time of `clock`, with the machine's timers: a token is issued and expires by the same clock. */
export function realtimeClock(clock: () => Date): RealtimeClock {
  return {
    now: () => clock().getTime(),
    setTimeout(run, delayMs) {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  }
}

/** The machine's clock. */
export const systemClock = realtimeClock(() => new Date())
