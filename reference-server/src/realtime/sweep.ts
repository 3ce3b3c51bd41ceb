import type { RealtimeClock } from './clock.js'

/** Options of `startSweep`. */
export interface SweepOptions {
  clock: RealtimeClock
  /** Uniform in [0, 1). */
  random: () => number
  intervalMs: number
  /** Looks once; rejects never. */
  look: () => Promise<void>
}

/** Looks every so often: not all nodes at the same moment, and never twice at a time. The answer ends it. */
export function startSweep({ clock, random, intervalMs, look }: SweepOptions): () => void {
  let cancel: () => void
  let isEnded = false
  const wait = () => {
    if (!isEnded) cancel = clock.setTimeout(() => void look().then(wait), intervalMs * (0.75 + random() / 2))
  }
  wait()
  return () => {
    isEnded = true
    cancel()
  }
}
