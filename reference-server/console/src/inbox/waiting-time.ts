/** How pressing a wait is: colour and words come from it. */
export type Urgency = 'fresh' | 'late' | 'overdue'

const MINUTE = 60_000
const LATE_AFTER = 2 * MINUTE
const OVERDUE_AFTER = 10 * MINUTE

/** Since how many milliseconds a visitor waits, and how pressing that is; null when nobody waits. */
export function waitingTime(waitingSince: string | null, now: number): { ms: number; urgency: Urgency } | null {
  if (waitingSince === null) return null
  const ms = Math.max(0, now - Date.parse(waitingSince))
  return { ms, urgency: ms >= OVERDUE_AFTER ? 'overdue' : ms >= LATE_AFTER ? 'late' : 'fresh' }
}
