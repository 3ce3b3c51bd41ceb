/** A moment to which a conversation can be put away. */
export interface SnoozeTime {
  id: string
  label: string
  /** Milliseconds since the epoch. */
  until: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MORNING = 9

/** Moments that are usually meant, by the calendar of this computer: later today, tomorrow, next week. */
export function usualTimes(now: number): SnoozeTime[] {
  const later = new Date(now + 3 * HOUR)
  later.setMinutes(0, 0, 0)
  const isToday = later.getDate() === new Date(now).getDate() && later.getHours() < 22
  const daysToMonday = (8 - new Date(now).getDay()) % 7 || 7
  return [
    { id: 'hour', label: 'In an hour', until: now + HOUR },
    ...(isToday ? [{ id: 'later', label: 'Later today', until: later.getTime() }] : []),
    { id: 'tomorrow', label: 'Tomorrow morning', until: morningIn(now, 1) },
    // On a Sunday that is tomorrow.
    ...(daysToMonday > 1 ? [{ id: 'week', label: 'Next week', until: morningIn(now, daysToMonday) }] : []),
  ]
}

const UNITS: Record<string, { ms: number; name: string }> = {
  m: { ms: MINUTE, name: 'minute' },
  h: { ms: HOUR, name: 'hour' },
  d: { ms: 24 * HOUR, name: 'day' },
  w: { ms: 7 * 24 * HOUR, name: 'week' },
}
/** A year. */
const LONGEST = 366 * 24 * HOUR

/** What was typed as a length of time, such as `45m`, `2 hours` or `3d`; null for anything else. */
export function typedTime(text: string, now: number): SnoozeTime | null {
  const [, digits = '', letter = ''] =
    /^(?:in\s+)?(\d{1,4})\s*(m|h|d|w)(?:in(?:ute)?s?|(?:ou)?rs?|ours?|ays?|eeks?)?$/i.exec(text.trim()) ?? []
  const unit = UNITS[letter.toLowerCase()]
  const count = Number(digits)
  if (!unit || count === 0 || count * unit.ms > LONGEST) return null
  return { id: 'typed', label: `In ${count} ${unit.name}${count === 1 ? '' : 's'}`, until: now + count * unit.ms }
}

function morningIn(now: number, days: number): number {
  const date = new Date(now)
  // By the calendar: a day with a change of the clock has 23 or 25 hours.
  date.setDate(date.getDate() + days)
  date.setHours(MORNING, 0, 0, 0)
  return date.getTime()
}
