const MINUTE = 60_000

/** For how long one is usually away, in milliseconds, and how one says it. */
export const AWAY_FOR = [
  { name: '15 minutes', ms: 15 * MINUTE },
  { name: '30 minutes', ms: 30 * MINUTE },
  { name: '1 hour', ms: 60 * MINUTE },
] as const

/** When the clock of this computer next shows this time, `14:30`, in milliseconds since the epoch; null: that is no time. */
export function nextAt(timeOfDay: string, now: number): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(timeOfDay) ?? []
  if (hours === undefined || minutes === undefined) return null
  const date = new Date(now)
  date.setHours(Number(hours), Number(minutes), 0, 0)
  // By the calendar: a day with a change of the clock has 23 or 25 hours.
  if (date.getTime() <= now) date.setDate(date.getDate() + 1)
  return date.getTime()
}
