/** Writes moments for readers. */
export interface TimeFormat {
  /** 14:05 */
  short(moment: string): string
  /** Everything, with weekday and seconds. */
  exact(moment: string): string
  /** Today, yesterday, or the date. */
  day(day: Date): string
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/**
 * @param languages the visitor's, in order of preference: the first in the language of the texts decides how times look.
 * @param now milliseconds since the epoch.
 */
export function createTimeFormat(
  languages: readonly string[],
  words: { today: string; yesterday: string },
  now: () => number,
): TimeFormat {
  const locale = languages.find((language) => /^en\b/i.test(language)) ?? 'en'
  const short = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
  const thisYear = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  const otherYear = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
  return {
    short: (moment) => short.format(new Date(moment)),
    exact: (moment) => exact.format(new Date(moment)),
    day(date) {
      const today = new Date(now())
      // Rounded, because a day with a change of the clock has 23 or 25 hours.
      const age = Math.round((startOfDay(today) - startOfDay(date)) / 86_400_000)
      if (age === 0) return words.today
      if (age === 1) return words.yesterday
      return (date.getFullYear() === today.getFullYear() ? thisYear : otherYear).format(date)
    },
  }
}
