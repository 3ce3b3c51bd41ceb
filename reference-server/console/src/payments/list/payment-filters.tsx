import type { ListPaymentsQuery, PaymentState } from '@chatdesk/protocol'
import { NativeSelect, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { STATE_NAMES } from '../payment-words.js'
import styles from '../payments.module.css'

/** Which payments somebody wants to see; days as the browser's field has them, `2026-01-31`. */
export interface PaymentChoice {
  state?: PaymentState | undefined
  mode?: 'test' | 'live' | undefined
  /** The first day and the last one, in this computer's time. */
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
}

/** As the server is asked for it: from the beginning of the first day to the end of the last one. */
export function queryOf({ from, to, ...rest }: PaymentChoice): ListPaymentsQuery {
  return {
    ...rest,
    ...(from ? { from: midnight(from, 0) } : {}),
    ...(to ? { before: midnight(to, 1) } : {}),
  }
}

function midnight(day: string, later: number): string {
  const date = new Date(`${day}T00:00:00`)
  // By the calendar: a day with a change of the clock has 23 or 25 hours.
  date.setDate(date.getDate() + later)
  return date.toISOString()
}

/** Options of `PaymentFilters`. */
export interface PaymentFiltersProps {
  choice: PaymentChoice
  onChange: (choice: PaymentChoice) => void
}

/** Narrows the list. */
export function PaymentFilters({ choice, onChange }: PaymentFiltersProps) {
  const states = Object.entries(STATE_NAMES).map(([value, label]) => ({ value, label }))
  const [words, setWords] = useState(choice.q ?? '')
  return (
    <search className={styles.filters}>
      <NativeSelect
        label="State"
        data={[{ value: '', label: 'All' }, ...states]}
        value={choice.state ?? ''}
        onChange={(event) =>
          onChange({ ...choice, state: (event.currentTarget.value || undefined) as PaymentState | undefined })
        }
      />
      <TextInput
        label="From"
        type="date"
        value={choice.from ?? ''}
        max={choice.to}
        onChange={(event) => onChange({ ...choice, from: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        value={choice.to ?? ''}
        min={choice.from}
        onChange={(event) => onChange({ ...choice, to: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label="Mode"
        data={[
          { value: '', label: 'Both' },
          { value: 'live', label: 'Live' },
          { value: 'test', label: 'Test' },
        ]}
        value={choice.mode ?? ''}
        onChange={(event) =>
          onChange({ ...choice, mode: (event.currentTarget.value || undefined) as PaymentChoice['mode'] })
        }
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onChange({ ...choice, q: words.trim() || undefined })
        }}
      >
        <TextInput
          label="Find"
          placeholder="Words, or an id of Razorpay"
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            if (event.currentTarget.value === '') onChange({ ...choice, q: undefined })
          }}
          maxLength={100}
          leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
        />
      </form>
    </search>
  )
}
