import { type ReactNode, useState } from 'react'
import { DialogForm } from './dialog.js'
import { NameField } from './name-field.js'

/** Options of `NameForm`. */
export interface NameFormProps {
  description: ReactNode
  submitLabel: string
  /** Rejects with the refusal, which then stands in the dialog. */
  onSubmit: (name: string) => Promise<unknown>
  onCancel: () => void
}

/** A dialog that asks for a name, and nothing else. */
export function NameForm({ description, submitLabel, onSubmit, onCancel }: NameFormProps) {
  const [name, setName] = useState('')
  return (
    <DialogForm submitLabel={submitLabel} onCancel={onCancel} onSubmit={() => onSubmit(name.trim())}>
      <NameField description={description} value={name} onChange={setName} focused />
    </DialogForm>
  )
}
