import type { Payment } from '@chatdesk/protocol'
import admin from '../../admin/admin.module.css'
import { Dialog, DialogForm } from '../../admin/dialog.js'
import { useConsole } from '../../client/console-services.js'
import { formatMinor } from '../money.js'

/** Options of `CancelDialog`. */
export interface CancelDialogProps {
  opened: boolean
  onClose: () => void
  payment: Pick<Payment, 'id' | 'purpose' | 'amountMinor' | 'currency'>
  /** As it stands afterwards. */
  onCancelled?: (payment: Payment) => void
}

/** Calls a payment off that nobody has made. */
export function CancelDialog({ opened, onClose, payment, onCancelled }: CancelDialogProps) {
  const { admin: api } = useConsole()
  const { id, purpose, amountMinor, currency } = payment
  return (
    <Dialog opened={opened} onClose={onClose} title="Cancel the payment?">
      <DialogForm
        submitLabel="Cancel the payment"
        cancelLabel="Keep it"
        tone="danger"
        onCancel={onClose}
        onSubmit={async () => {
          const cancelled = await api.payments.cancel(id)
          onCancelled?.(cancelled)
          onClose()
        }}
      >
        <p className={admin.dialogText}>
          The visitor is told that {formatMinor(amountMinor, currency)} for <bdi>{purpose}</bdi> need not be paid any
          more. Razorpay is asked first: what has been paid is not cancelled. Whoever is just paying may still get
          through; that is shown as paid late, and can be refunded.
        </p>
      </DialogForm>
    </Dialog>
  )
}
