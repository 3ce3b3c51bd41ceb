import type { PaymentAccount, PaymentAccountSecretResponse } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { CodeLine } from '../../admin/code-block.js'
import { DialogForm } from '../../admin/dialog.js'
import { useConsole } from '../../client/console-services.js'
import styles from '../payments.module.css'

/** Makes another secret, and shows it. */
export function WebhookSecretForm({ onDone }: { onDone: () => void }) {
  const { admin: api } = useConsole()
  const [made, setMade] = useState<PaymentAccountSecretResponse | null>(null)
  if (made?.webhookSecret) return <ShownWebhook account={made.account} secret={made.webhookSecret} onDone={onDone} />
  return (
    <DialogForm
      submitLabel="Replace the secret"
      onCancel={onDone}
      onSubmit={async () => setMade(await api.payments.rotateWebhookSecret())}
    >
      <p className={admin.dialogText}>
        Enter the new one at Razorpay right after. What is still signed with the old one is taken for 15 days.
      </p>
    </DialogForm>
  )
}

/** Options of `ShownWebhook`. */
export interface ShownWebhookProps {
  account: PaymentAccount
  secret: string
  onDone: () => void
}

/** Where webhooks go and what signs them, for whoever enters it at Razorpay now. */
export function ShownWebhook({ account, secret, onDone }: ShownWebhookProps) {
  const { serverUrl } = useConsole()
  return (
    <div className={admin.stack}>
      <p className={admin.dialogText}>
        Enter both at Razorpay under Account & Settings, Webhooks, and choose all events of payments, orders, payment
        links, refunds and disputes.
      </p>
      <div className={styles.labelled}>
        <span>Webhook address</span>
        <CodeLine text={`${serverUrl}${account.webhookPath}`} what="Webhook address" />
      </div>
      <div className={styles.labelled}>
        <span>Secret, shown only now</span>
        <CodeLine text={secret} what="Webhook secret" />
      </div>
      <div className={admin.dialogActions}>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  )
}
