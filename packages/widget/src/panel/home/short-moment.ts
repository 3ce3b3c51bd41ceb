import type { PanelModel } from '../panel-model.js'

/** When something was, as briefly as a row of a list has room for: the time, yesterday, or the date. */
export function shortMoment({ texts, time, locale }: PanelModel, moment: string): string {
  const date = new Date(moment)
  const day = time.day(date)
  if (day === texts.today) return time.short(moment)
  return day === texts.yesterday ? day : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(date)
}
