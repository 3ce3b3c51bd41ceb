import { type ReactNode, useState } from 'react'
import admin from '../../admin/admin.module.css'
import { DialogForm } from '../../admin/dialog.js'
import { RefusableInput } from '../../admin/refusable-input.js'

/** Options of `SettleForm`. */
export interface SettleFormProps {
  /** What follows from it. */
  children: ReactNode
  onCancel: () => void
  /** Rejects with the refusal, which then stands in the form. */
  onSettle: (reason: string) => Promise<void>
}

/** Asks why money is dealt with: whoever looks later finds what was done with it. */
export function SettleForm({ children, onCancel, onSettle }: SettleFormProps) {
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      submitLabel="Mark as dealt with"
      disabled={reason.trim() === ''}
      onCancel={onCancel}
      onSubmit={() => onSettle(reason.trim())}
    >
      <p className={admin.dialogText}>{children}</p>
      <RefusableInput
        field="reason"
        label="Why"
        description="It stands in the audit trail; the visitor does not read it."
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        dir="auto"
        data-autofocus
      />
    </DialogForm>
  )
}
