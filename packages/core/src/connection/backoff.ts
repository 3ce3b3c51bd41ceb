const CEILING_MS = 30_000
const FIRST_MS = 500
const FLOOR_MS = 100
const LONGEST_REQUEST_MS = 5 * 60_000

/**
 * Milliseconds until the next attempt: full jitter, so that clients that were cut off together do not come back together.
 * What the server asked for comes on top, at most five minutes of it.
 */
export function backoffMs(failures: number, random: () => number, retryAfterMs = 0): number {
  const jitter = random() * Math.min(CEILING_MS, FIRST_MS * 2 ** failures)
  return Math.max(FLOOR_MS, Math.min(retryAfterMs, LONGEST_REQUEST_MS) + jitter)
}
