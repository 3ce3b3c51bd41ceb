import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { type FormEvent, useState } from 'react'
import admin from '../../admin/admin.module.css'
import { useConsole } from '../../client/console-services.js'
import { CURRENCIES, readAmount } from '../money.js'
import styles from './conversation.module.css'

/** What will be sent. */
export interface Terms {
  purpose: string
  /** In the smallest unit. */
  amountMinor: number
  currency: string
  /** Null: it has no end. */
  expiresAt: string | null
}

/** What stands in the fields. */
export interface PaymentDraft {
  amount: string
  currency: string
  purpose: string
  /** Hours, `''` for no end, or `at` for the moment in `until`. */
  expiry: string
  /** As the browser's own field has it: local, `2026-01-31T18:00`. */
  until: string
}

const EXPIRIES = [
  { value: '1', label: 'In an hour' },
  { value: '24', label: 'In 24 hours' },
  { value: '72', label: 'In 3 days' },
  { value: '168', label: 'In 7 days' },
  { value: 'at', label: 'At a time of your choice' },
  { value: '', label: 'Never' },
]
const HOUR = 3_600_000
/** Razorpay takes no earlier end of a link, and nobody pays in less. */
const SOONEST_MS = 15 * 60_000

/** Options of `RequestForm`. */
export interface RequestFormProps {
  draft: PaymentDraft
  onChange: (draft: PaymentDraft) => void
  onCancel: () => void
  /** Everything stands there as it may be sent. */
  onDone: (terms: Terms) => void
}

/** Asks for amount, purpose and end. */
export function RequestForm({ draft, onChange, onCancel, onDone }: RequestFormProps) {
  const { $now } = useConsole()
  const now = useStore($now)
  const [asked, setAsked] = useState(false)
  const { amount, currency, purpose, expiry, until } = draft
  const read = readAmount(amount, currency)
  const end = endOf(draft, now)
  const set = (changes: Partial<PaymentDraft>) => onChange({ ...draft, ...changes })
  function submit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    setAsked(true)
    if (read.minor === null || end.problem !== null || purpose.trim() === '') return
    onDone({ purpose: purpose.trim(), amountMinor: read.minor, currency, expiresAt: end.at })
  }
  return (
    <form onSubmit={submit} className={admin.stack} noValidate>
      <div className={styles.amount}>
        <TextInput
          label="Amount"
          inputMode="decimal"
          autoComplete="off"
          required
          value={amount}
          onChange={(event) => set({ amount: event.currentTarget.value })}
          error={(asked || read.problem !== null) && (read.problem ?? (read.minor === null && 'How much?'))}
          data-autofocus
        />
        <NativeSelect
          label="Currency"
          data={CURRENCIES}
          value={currency}
          onChange={(event) => set({ currency: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label="What for"
        description="The visitor reads it, here and at Razorpay."
        required
        maxLength={200}
        value={purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
        error={asked && purpose.trim() === '' && 'What is it for?'}
        dir="auto"
      />
      <NativeSelect
        label="It ends"
        data={EXPIRIES}
        value={expiry}
        onChange={(event) => set({ expiry: event.currentTarget.value })}
      />
      {expiry === 'at' && (
        <TextInput
          label="At"
          type="datetime-local"
          value={until}
          onChange={(event) => set({ until: event.currentTarget.value })}
          error={asked && end.problem}
        />
      )}
      <div className={admin.dialogActions}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit">Review</Button>
      </div>
    </form>
  )
}

/** When it ends, in ISO 8601; null: never. */
function endOf(
  { expiry, until }: PaymentDraft,
  now: number,
): { at: string | null; problem: null } | { problem: string } {
  if (expiry === '') return { at: null, problem: null }
  const moment = expiry === 'at' ? Date.parse(until) : now + Number(expiry) * HOUR
  if (Number.isNaN(moment)) return { problem: 'When?' }
  if (moment - now < SOONEST_MS) return { problem: 'A quarter of an hour from now, or later.' }
  return { at: new Date(moment).toISOString(), problem: null }
}
