import type { QuietHours } from '@chatdesk/protocol'

/** Whether it is within the quiet hours, by the clock of their time zone. */
export function isQuiet(now: Date, quietHours: QuietHours | undefined): boolean {
  if (!quietHours) return false
  const { from, to, timeZone } = quietHours
  const wall = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const time = wall.format(now)
  return from < to ? from <= time && time < to : from <= time || time < to
}
