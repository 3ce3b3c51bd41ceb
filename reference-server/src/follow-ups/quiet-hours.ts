import type { QuietHours } from '@chatdesk/protocol'

const MINUTE_MS = 60_000

/**
 * When the quiet hours end that `now` lies in; `now` itself when it lies in none (N4). It is asked minute by minute what
 * the clock on the wall shows, so that an hour which is left out or comes twice needs no rule of its own.
 */
export function quietUntil(now: Date, { from, to, timeZone }: QuietHours): Date {
  const wall = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const isQuiet = (at: number): boolean => {
    const time = wall.format(at)
    return from < to ? from <= time && time < to : from <= time || time < to
  }
  if (!isQuiet(now.getTime())) return now
  let at = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  do at += MINUTE_MS
  while (isQuiet(at))
  return new Date(at)
}
