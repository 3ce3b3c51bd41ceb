import { fullTime, shortDay } from '../text/format-time.js'

/** A day, with its time on hover; `none` where it never came. */
export function Moment({ at, none = 'Never' }: { at: string | null; none?: string }) {
  if (at === null) return <span>{none}</span>
  return (
    <time dateTime={at} title={fullTime(at)}>
      {shortDay(at)}
    </time>
  )
}
