/** When an intent is looked at without anybody's asking, in milliseconds after it was made: webhooks get lost. */
const MINUTES = [1, 2, 5, 15, 30, 60, 180, 360]
/** From then on daily, as long as a bank may still change its mind: three to five days, says the documentation. */
const LAST_DAY = 7

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const TIMES: readonly number[] = [
  ...MINUTES.map((minutes) => minutes * MINUTE),
  ...Array.from({ length: LAST_DAY }, (_, day) => (day + 1) * DAY),
]

/** When an intent that was made at `made` is looked at next, at a moment behind `now`; null: not any more. */
export function nextCheckAt(made: Date, now: Date): Date | null {
  const next = TIMES.map((time) => made.getTime() + time).find((time) => time > now.getTime())
  return next === undefined ? null : new Date(next)
}
