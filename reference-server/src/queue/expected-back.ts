/** Somebody who is not on duty; in milliseconds since the epoch. */
export interface Gone {
  since: number
  /** When they have said that they will be back; null: they have said nothing. */
  backAt: number | null
}

/** When somebody will be there again. */
export interface ExpectedBack {
  /** From now, in milliseconds. */
  backInMs: number
  /** They have not said so: they have only been gone for a short while. */
  guessed: boolean
}

/** Whoever was gone for longer without a word has not just lost the connection, in milliseconds. */
const LOST_MS = 10 * 60_000
/** Nobody is back sooner, in milliseconds. */
const LEAST_MS = 60_000
/** Whoever is late for the time that they have said is on their way, in milliseconds. */
const LATE_MS = 3 * 60_000

/**
 * When somebody who is gone will be back (L7): when they have said that they will; of who has said nothing, after as long as they
 * have been gone. Whoever is past their time counts as one who has left then, without a word, but for coming in a moment. Null:
 * nobody knows.
 */
export function expectedBack({ since, backAt }: Gone, now: number): ExpectedBack | null {
  if (backAt !== null && backAt > now) return { backInMs: backAt - now, guessed: false }
  const goneMs = now - (backAt ?? since)
  if (goneMs > LOST_MS) return null
  return { backInMs: backAt === null ? Math.max(LEAST_MS, goneMs) : LATE_MS, guessed: true }
}
