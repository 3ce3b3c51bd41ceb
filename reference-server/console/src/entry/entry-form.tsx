import { Button } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import styles from '../session/session.module.css'

/** Options of `EntryForm`. */
export interface EntryFormProps {
  submitLabel: string
  /** What stands in the fields, by name, without spaces around it but for passwords. Rejects with the refusal. */
  onSubmit: (fields: (name: string) => string) => Promise<unknown>
  children: ReactNode
}

/** Fields and one button; a refusal stands between them. */
export function EntryForm({ submitLabel, onSubmit, children }: EntryFormProps) {
  const action = useAction()
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    await action.run(() =>
      onSubmit((name) => {
        const value = String(form.get(name) ?? '')
        return /password/i.test(name) ? value : value.trim()
      }),
    )
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      {children}
      <ErrorLine error={action.error} />
      <Button type="submit" size="md" fullWidth loading={action.busy}>
        {submitLabel}
      </Button>
    </form>
  )
}
