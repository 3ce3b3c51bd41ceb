import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Dialog } from '../../admin/dialog.js'
import { SettleForm } from './settle-form.js'

/** Options of `SettleButton`. */
export interface SettleButtonProps {
  /** The provider's id of the payment. */
  paymentId: string
  /** What follows from it. */
  children: ReactNode
  /** Rejects with the refusal. Whoever is told of a success takes the payment out of the view. */
  onSettle: (reason: string) => Promise<void>
}

const LABEL = 'Mark as dealt with…'

/** Says of money that somebody has looked at that nobody else has to, after a reason is given. */
export function SettleButton({ paymentId, children, onSettle }: SettleButtonProps) {
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="default" size="xs" fz={13} aria-label={`${LABEL} ${paymentId}`} onClick={() => setAsking(true)}>
        {LABEL}
      </Button>
      <Dialog opened={asking} onClose={close} title="Mark as dealt with">
        <SettleForm
          onCancel={close}
          onSettle={async (reason) => {
            await onSettle(reason)
            close()
          }}
        >
          {children}
        </SettleForm>
      </Dialog>
    </>
  )
}
