import { ChatError } from '@chatdesk/protocol'
import { useState } from 'react'
import { Dialog } from '../../admin/dialog.js'
import { useConsole } from '../../client/console-services.js'
import { newServerId } from '../../client/new-server-id.js'
import { type PaymentDraft, RequestForm, type Terms } from './request-form.js'
import { RequestReview } from './request-review.js'

/** Options of `RequestPayment`. */
export interface RequestPaymentProps {
  onClose: () => void
  conversationId: string
  visitorName: string
  /** Of the account by which it is asked for; null: nothing is asked for now. */
  mode: 'test' | 'live' | null
}

/** Asks a visitor for an amount: what is typed first, and then, word by word, what will be sent. */
export function RequestPayment({ onClose, mode, ...request }: RequestPaymentProps) {
  return (
    <Dialog opened={mode !== null} onClose={onClose} title="Request a payment">
      {mode && <Steps {...request} mode={mode} onClose={onClose} />}
    </Dialog>
  )
}

const EMPTY: PaymentDraft = { amount: '', currency: 'INR', purpose: '', expiry: '72', until: '' }

function Steps({ onClose, conversationId, visitorName, mode }: RequestPaymentProps & { mode: 'test' | 'live' }) {
  const { admin } = useConsole()
  // Another try after a broken connection asks for nothing twice.
  const [id, setId] = useState(newServerId)
  const [draft, setDraft] = useState(EMPTY)
  const [terms, setTerms] = useState<Terms | null>(null)
  if (!terms) return <RequestForm draft={draft} onChange={setDraft} onCancel={onClose} onDone={setTerms} />
  return (
    <RequestReview
      {...{ terms, visitorName, mode }}
      onBack={() => setTerms(null)}
      onSend={async () => {
        try {
          await admin.payments.request(conversationId, { id, ...terms })
        } catch (error) {
          // What was refused is called off under its id: the next one is another.
          if (ChatError.isInstance(error) && error.code === 'VALIDATION_FAILED') setId(newServerId())
          throw error
        }
        onClose()
      }}
    />
  )
}
