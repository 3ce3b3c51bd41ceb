import { TextInput } from '@mantine/core'
import styles from './editor.module.css'

/** Options of `TimeRange`. */
export interface TimeRangeProps {
  /** Names the day to those who do not see where the fields stand. */
  what: string
  from: string
  to: string
  onChange(range: { from: string; to: string }): void
}

/** Two times of one day. */
export function TimeRange({ what, from, to, onChange }: TimeRangeProps) {
  return (
    <span className={styles.range}>
      <TextInput
        size="sm"
        type="time"
        aria-label={`${what}, from`}
        value={from}
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      <span aria-hidden>–</span>
      <TextInput
        size="sm"
        type="time"
        aria-label={`${what}, to`}
        value={to}
        error={to <= from}
        onChange={(event) => onChange({ from, to: event.currentTarget.value })}
      />
      {to <= from && (
        <span className={styles.wrong} role="alert">
          Ends before it begins
        </span>
      )}
    </span>
  )
}
