import type { Texts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'

const DAY_MS = 24 * 3_600_000

/** When the team is back, in the language and the zone of the reader: today, tomorrow, on Monday, or on a date. */
export function backAt(
  texts: Pick<Texts, 'backToday' | 'backTomorrow' | 'backOn'>,
  locale: string,
  at: Date,
  now: Date,
): string {
  const time = at.toLocaleTimeString(locale, { timeStyle: 'short' })
  // By the calendar: a day with a change of the clock has 23 or 25 hours.
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS)
  if (days < 1) return formatText(texts.backToday, { time })
  if (days === 1) return formatText(texts.backTomorrow, { time })
  const date = days < 7 ? {} : ({ day: 'numeric', month: 'long' } as const)
  return formatText(texts.backOn, { day: at.toLocaleDateString(locale, { weekday: 'long', ...date }), time })
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
