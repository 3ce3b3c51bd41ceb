/** Writes moments for readers. */
export interface TimeFormat {
  /** 14:05 */
  short(moment: string): string
  /** Everything, with weekday and seconds. */
  exact(moment: string): string
  /** Today, yesterday, or the date. */
  day(day: Date): string
}

/**
 * @param locale in which language and region times are written.
 * @param now milliseconds since the epoch.
 */
export function createTimeFormat(
  locale: string,
  words: { today: string; yesterday: string },
  now: () => number,
): TimeFormat {
  const writer = (style: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, style)
    return (moment: string | Date) => format.format(new Date(moment))
  }
  const full = writer({ dateStyle: 'full' })
  return {
    short: writer({ timeStyle: 'short' }),
    exact: writer({ dateStyle: 'full', timeStyle: 'medium' }),
    day(date) {
      const today = new Date(now())
      // By the calendar: a day with a change of the clock has 23 or 25 hours.
      const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
      const is = (day: Date) => day.toDateString() === date.toDateString()
      if (is(today)) return words.today
      return is(yesterday) ? words.yesterday : full(date)
    },
  }
}
