import type { BusinessHours } from '@chatdesk/protocol'

const DAY_MS = 24 * 3_600_000
/** How far ahead the next change is looked for, in days. */
const HORIZON = 14

/** Whether a team is there, and until when that holds; null: for as long as can be said. */
export interface Opening {
  open: boolean
  nextChangeAt: Date | null
}

/**
 * Whether the hours say that the team is there at `now`. Hours are those of the clock on the wall: on a day on which it is
 * put forward, a time that it skips is the moment of the jump; where it shows a time twice, the first one counts.
 */
export function openingAt(hours: BusinessHours | null, now: Date): Opening {
  if (!hours) return { open: true, nextChangeAt: null }
  const wall = wallClock(hours.timeZone)
  const today = dayOf(wall(now.getTime()))
  const moments: { at: number; opens: boolean }[] = []
  // From yesterday: a span may have begun before midnight elsewhere.
  for (let offset = -1; offset <= HORIZON; offset++) {
    const day = today + offset * DAY_MS
    for (const { from, to } of spansOf(hours, day)) {
      moments.push({ at: momentOf(wall, day + minutesOf(from) * 60_000), opens: true })
      moments.push({ at: momentOf(wall, day + minutesOf(to) * 60_000), opens: false })
    }
  }
  return sweep(moments, now.getTime())
}

/** Spans may touch or overlap: the team is there while any of them lasts. */
function sweep(moments: { at: number; opens: boolean }[], now: number): Opening {
  moments.sort((a, b) => a.at - b.at || Number(b.opens) - Number(a.opens))
  let depth = 0
  let open: boolean | undefined
  for (const { at, opens } of moments) {
    if (at > now) open ??= depth > 0
    const before = depth > 0
    depth += opens ? 1 : -1
    if (at > now && before !== depth > 0) return { open: open ?? before, nextChangeAt: new Date(at) }
  }
  return { open: open ?? depth > 0, nextChangeAt: null }
}

function spansOf({ week, exceptions }: BusinessHours, day: number): { from: string; to: string }[] {
  const date = new Date(day).toISOString().slice(0, 10)
  const special = exceptions.filter((exception) => exception.date === date)
  if (special.length > 0) return special.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []))
  const weekday = new Date(day).getUTCDay() || 7
  return week.filter((span) => span.day === weekday)
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

/** What a wall clock shows at a moment, as if it were UTC. */
type WallClock = (at: number) => number

function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
}

function dayOf(shown: number): number {
  return Math.floor(shown / DAY_MS) * DAY_MS
}

/** The first moment at which the clock shows this time, or one later. */
function momentOf(wall: WallClock, shown: number): number {
  // Zones are at most a day from UTC, and change their distance by whole minutes.
  let [early, late] = [shown - DAY_MS, shown + DAY_MS]
  // At a clock put back what is shown is not monotonic: the distances around the change are tried, the first that fits wins.
  const distances = new Set([wall(early) - early, wall(late) - late])
  const exact = [...distances].map((distance) => shown - distance).filter((at) => wall(at) === shown)
  if (exact.length > 0) return Math.min(...exact)
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000
    if (wall(middle) >= shown) late = middle
    else early = middle
  }
  return late
}
