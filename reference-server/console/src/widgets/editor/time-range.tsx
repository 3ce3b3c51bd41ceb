import { TextInput } from '@mantine/core'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'

/** Midnight as the end of a day. A field for times cannot show it: there it stands as the time that it is on the clock. */
const END_OF_DAY = '24:00'
const MIDNIGHT = '00:00'

/** Options of `TimeRange`. */
export interface TimeRangeProps {
  /** Names the day to those who do not see where the fields stand. */
  what: string
  /** Where it stands among the settings, as a refusal names it. */
  path: string
  from: string
  to: string
  onChange(range: { from: string; to: string }): void
}

/** Two times of one day; one that ends at 00:00 lasts until the day does. */
export function TimeRange({ what, path, from, to, onChange }: TimeRangeProps) {
  const refusal = useRefusal()
  const isWrong = from !== '' && to !== '' && to <= from
  const wrong = isWrong ? 'Ends before it begins' : (refusal(`${path}.from`) ?? refusal(`${path}.to`))
  return (
    <span className={styles.range}>
      <TextInput
        size="sm"
        type="time"
        aria-label={`${what}, from`}
        value={from}
        required
        error={refusal(`${path}.from`) !== undefined}
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      <span aria-hidden>–</span>
      <TextInput
        size="sm"
        type="time"
        aria-label={`${what}, to`}
        value={to === END_OF_DAY ? MIDNIGHT : to}
        required
        error={isWrong || refusal(`${path}.to`) !== undefined}
        onChange={({ currentTarget: { value } }) => onChange({ from, to: value === MIDNIGHT ? END_OF_DAY : value })}
      />
      {to === END_OF_DAY && <span className={styles.closed}>{from === MIDNIGHT ? 'All day' : 'Until midnight'}</span>}
      {wrong !== undefined && (
        <span className={styles.wrong} role="alert">
          {wrong}
        </span>
      )}
    </span>
  )
}
