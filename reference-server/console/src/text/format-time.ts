const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const shortDateOfYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const longDate = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' })
const longDateOfYear = new Intl.DateTimeFormat('en', { dateStyle: 'long' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Names a local calendar day; equal for two moments of the same day. */
export function dayOf(moment: string | number): string {
  return new Date(moment).toDateString()
}

/** Time of day. */
export function clockTime(moment: string): string {
  return clock.format(new Date(moment))
}

/** Date and time, for titles and details. */
export function fullTime(moment: string): string {
  return full.format(new Date(moment))
}

/** As short as a list row wants it: time today, weekday within a week, else the date. */
export function listTime(moment: string, now: number): string {
  const date = new Date(moment)
  if (dayOf(moment) === dayOf(now)) return clock.format(date)
  return now - date.getTime() < 6 * DAY ? weekday.format(date) : shortDate.format(date)
}

/** Heads a day in a thread; with its year when that is another one. */
export function dayTitle(moment: string, now: number): string {
  if (dayOf(moment) === dayOf(now)) return 'Today'
  const date = new Date(moment)
  const yesterday = new Date(now)
  // By the calendar: a day with a change of the clock has 23 or 25 hours.
  yesterday.setDate(yesterday.getDate() - 1)
  if (dayOf(moment) === yesterday.toDateString()) return 'Yesterday'
  return (date.getFullYear() === new Date(now).getFullYear() ? longDate : longDateOfYear).format(date)
}

/** A length of time in one unit: `<1m`, `12m`, `3h`, `2d`. */
export function shortDuration(ms: number): string {
  if (ms < MINUTE) return '<1m'
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`
  return `${Math.floor(ms / DAY)}d`
}

/** A day for tables: with its year when that is another one. */
export function shortDay(moment: string): string {
  const date = new Date(moment)
  return (date.getFullYear() === new Date().getFullYear() ? shortDate : shortDateOfYear).format(date)
}

const untilSoon = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' })
const untilLater = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** A moment to come, as short as it is clear: time today, weekday and time within a week, else the date. */
export function untilTime(moment: string | number, now: number): string {
  const date = new Date(moment)
  if (dayOf(moment) === dayOf(now)) return clock.format(date)
  return (date.getTime() - now < 6 * DAY ? untilSoon : untilLater).format(date)
}
