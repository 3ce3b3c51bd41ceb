/** Time, injected so that tests own it. */
export interface RealtimeClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `run` once after `delayMs`; the answer cancels it. */
  setTimeout(run: () => void, delayMs: number): () => void
}

/** The machine's clock. */
export const systemClock: RealtimeClock = {
  now: () => Date.now(),
  setTimeout(run, delayMs) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
