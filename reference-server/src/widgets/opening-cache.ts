import { type Opening, openingAt } from './business-hours.js'

/** Hours that are kept; those asked for longest ago go first. */
const MOST = 1_000
/** For how long an answer without a next change is kept, in milliseconds. */
const DAY_MS = 24 * 3_600_000

/** `openingAt`, worked out once for all who ask until the next change: up to 20 ms each time would hold up everybody on the node. */
export function createOpenings(workOut: typeof openingAt = openingAt): typeof openingAt {
  const kept = new Map<string, Opening & { since: number; until: number }>()
  return (hours, now) => {
    if (!hours) return workOut(hours, now)
    // By what they say, whoever's they are: equal hours have equal answers.
    const key = JSON.stringify(hours)
    const at = now.getTime()
    let entry = kept.get(key)
    kept.delete(key)
    if (!entry || at < entry.since || at >= entry.until) {
      const opening = workOut(hours, now)
      entry = { ...opening, since: at, until: opening.nextChangeAt?.getTime() ?? at + DAY_MS }
    }
    kept.set(key, entry)
    const [oldest] = kept.keys()
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
    return { open: entry.open, nextChangeAt: entry.nextChangeAt }
  }
}

/** Of this process. */
export const openings = createOpenings()
