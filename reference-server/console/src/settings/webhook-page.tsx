import type { Webhook } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { ArrowLeft, Send } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import { WebhookDeliveries } from './webhook-deliveries.js'
import { ShownSecret, WebhookForm } from './webhook-form.js'
import { disabledText, hostOf } from './webhook-text.js'

/** One webhook: what can be done with it, and what it was told. */
export function WebhookPage({
  webhook,
  onChange,
  onBack,
}: {
  webhook: Webhook
  onChange: () => void
  onBack: () => void
}) {
  const { admin: api, current } = useConsole()
  const [asking, setAsking] = useState<'change' | 'secret' | 'delete' | null>(null)
  const [pings, setPings] = useState(0)
  const action = useAction()
  const { id, url, enabled, failingSince, previousSecretUntil } = webhook
  const isGuest = Boolean(current.visiting)
  const why = disabledText(webhook)
  const close = () => {
    setAsking(null)
    onChange()
  }
  const ping = async () => {
    if (await action.run(() => api.webhooks.ping(id))) setPings((count) => count + 1)
  }
  const turn = async () => {
    if (await action.run(() => api.webhooks.update(id, { enabled: !enabled }))) onChange()
  }
  return (
    <AdminPage
      title={hostOf(url)}
      lead={<bdi>{url}</bdi>}
      action={
        !isGuest && (
          <Button
            leftSection={<Send size={16} strokeWidth={1.75} aria-hidden />}
            disabled={!enabled}
            loading={action.busy}
            onClick={ping}
          >
            Send a ping
          </Button>
        )
      }
    >
      <div className={admin.row}>
        <Button variant="default" leftSection={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden />} onClick={onBack}>
          All webhooks
        </Button>
        {!isGuest && (
          <>
            <Button variant="default" onClick={() => setAsking('change')}>
              Edit
            </Button>
            <Button variant="default" onClick={() => setAsking('secret')}>
              Replace the secret
            </Button>
            <Button variant="default" onClick={turn}>
              {enabled ? 'Switch off' : 'Switch on'}
            </Button>
          </>
        )}
        <Button variant="default" onClick={() => setAsking('delete')}>
          Delete
        </Button>
      </div>
      <ErrorLine error={action.error} />
      {why !== null && <p className={admin.error}>{why}</p>}
      {enabled && failingSince !== null && (
        <p className={admin.noteLate}>Nothing has reached it since {fullTime(failingSince)}. It is asked again.</p>
      )}
      {previousSecretUntil !== null && (
        <p className={admin.readOnly}>Signed with the previous secret as well until {fullTime(previousSecretUntil)}.</p>
      )}
      <WebhookDeliveries webhook={webhook} changes={pings} />
      <Dialog opened={asking === 'change'} onClose={close} title="Edit the webhook">
        <WebhookForm webhook={webhook} onDone={close} />
      </Dialog>
      <Dialog opened={asking === 'secret'} onClose={close} title="Replace the secret?">
        <NewSecret webhook={webhook} onDone={close} />
      </Dialog>
      <Dialog opened={asking === 'delete'} onClose={() => setAsking(null)} title="Delete the webhook?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={() => setAsking(null)}
          onSubmit={async () => {
            await api.webhooks.remove(id)
            onBack()
          }}
        >
          <p className={admin.dialogText}>
            <bdi>{hostOf(url)}</bdi> is told nothing any more, and what it was told is not listed any more.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}

function NewSecret({ webhook, onDone }: { webhook: Webhook; onDone: () => void }) {
  const { admin: api } = useConsole()
  const [secret, setSecret] = useState<string | null>(null)
  if (secret !== null) return <ShownSecret secret={secret} onDone={onDone} />
  return (
    <DialogForm
      submitLabel="Replace the secret"
      onCancel={onDone}
      onSubmit={async () => setSecret((await api.webhooks.rotateSecret(webhook.id)).secret)}
    >
      <p className={admin.dialogText}>For 24 hours everything is signed with both, so that your receiver can follow.</p>
    </DialogForm>
  )
}
