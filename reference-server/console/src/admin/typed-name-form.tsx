import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import styles from './admin.module.css'
import { DialogForm } from './dialog.js'

/** Options of `TypedNameForm`. */
export interface TypedNameFormProps {
  /** Of what is to be deleted. */
  name: string
  label: string
  /** Rejects with the refusal, which then stands in the dialog. */
  onSubmit: (typed: string) => Promise<unknown>
  onCancel: () => void
  /** What is lost. */
  children: ReactNode
}

/** Deletes for good only what was named: the name is typed again. */
export function TypedNameForm({ name, label, onSubmit, onCancel, children }: TypedNameFormProps) {
  const [typed, setTyped] = useState('')
  return (
    <DialogForm
      submitLabel="Delete for good"
      tone="danger"
      disabled={typed !== name}
      onCancel={onCancel}
      onSubmit={() => onSubmit(typed)}
    >
      <p className={styles.dialogText}>
        {children} Type <strong dir="auto">{name}</strong> to go on.
      </p>
      <TextInput
        label={label}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
    </DialogForm>
  )
}
