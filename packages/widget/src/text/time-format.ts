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
  const short = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
  return {
    short: (moment) => short.format(new Date(moment)),
    exact: (moment) => exact.format(new Date(moment)),
    day(date) {
      const today = new Date(now())
      // By the calendar: a day with a change of the clock has 23 or 25 hours.
      const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
      const is = (day: Date) => day.toDateString() === date.toDateString()
      if (is(today)) return words.today
      return is(yesterday) ? words.yesterday : full.format(date)
    },
  }
}
