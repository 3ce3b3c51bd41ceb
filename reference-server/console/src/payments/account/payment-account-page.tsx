import type { PaymentAccount } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { CreditCard } from 'lucide-react'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { CodeLine } from '../../admin/code-block.js'
import { Dialog, DialogForm } from '../../admin/dialog.js'
import { EmptyNotice } from '../../admin/empty-notice.js'
import { LoadView } from '../../admin/load-view.js'
import { Section } from '../../admin/section.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../../client/console-services.js'
import { fullTime, listTime } from '../../text/format-time.js'
import { ModeTag } from '../mode-tag.js'
import styles from '../payments.module.css'
import { KeyForm } from './key-form.js'
import { ShownWebhook, WebhookSecretForm } from './webhook-secret.js'

/** What the dialog is about. */
type Asking = 'key' | 'secret' | 'disconnect' | null

/** The organization's account at Razorpay. */
export function PaymentAccountPage() {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(() => api.payments.account())
  const [asking, setAsking] = useState<Asking>(null)
  /** Of the account as it has just been connected; told once. */
  const [secret, setSecret] = useState<string | null>(null)
  const { state } = loaded
  const account = state.status === 'loaded' ? state.value : null
  // Where money goes is no guest's to say.
  const mayChange = mayAdminister(current) && !current.visiting
  const close = () => {
    setAsking(null)
    setSecret(null)
  }
  return (
    <AdminPage
      title="Payments"
      lead="The account at Razorpay that visitors pay to in a conversation. ChatDesk never holds the money, and never sees a card."
    >
      <LoadView loaded={loaded}>
        {(value) =>
          value ? (
            <Account account={value} onAsk={mayChange ? setAsking : null} />
          ) : (
            <EmptyNotice
              icon={CreditCard}
              title="No account is connected"
              text="With one, your team asks for an amount in a conversation, and the visitor pays it there. A test key is enough to try it: no money moves."
            >
              {mayChange && <Button onClick={() => setAsking('key')}>Connect Razorpay</Button>}
            </EmptyNotice>
          )
        }
      </LoadView>
      <Dialog
        opened={asking === 'key'}
        onClose={close}
        title={secret ? 'One more step at Razorpay' : account ? 'Replace the key' : 'Connect Razorpay'}
      >
        {secret && account ? (
          <ShownWebhook account={account} secret={secret} onDone={close} />
        ) : (
          <KeyForm
            account={account}
            onCancel={close}
            onDone={({ account: connected, webhookSecret }) => {
              loaded.set(connected)
              if (webhookSecret === undefined) close()
              else setSecret(webhookSecret)
            }}
          />
        )}
      </Dialog>
      <Dialog opened={asking === 'secret'} onClose={close} title="Replace the webhook secret?">
        <WebhookSecretForm onDone={close} />
      </Dialog>
      <Dialog opened={asking === 'disconnect'} onClose={close} title="Disconnect the account?">
        <DialogForm
          submitLabel="Disconnect"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            await api.payments.disconnect()
            loaded.set(null)
            close()
          }}
        >
          <p className={admin.dialogText}>
            Nobody can ask for a payment any more. What was asked for can still be paid, is still followed and can still
            be refunded, by the key that is stored. The same key connects the account again.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}

/** Options of `Account`. */
interface AccountProps {
  account: PaymentAccount
  /** Null: whoever looks on changes nothing. */
  onAsk: ((what: Asking) => void) | null
}

function Account({ account, onAsk }: AccountProps) {
  const { serverUrl, $now } = useConsole()
  const now = useStore($now)
  const { mode, keyId, lastWebhookAt, createdAt, webhookPath } = account
  return (
    <>
      {mode === 'test' && (
        <p className={admin.noteLate}>
          This is a test account: payments look real to visitors, and no money moves. Connect a live key before you take
          real ones.
        </p>
      )}
      <Section title="Account">
        <dl className={styles.pairs}>
          <div>
            <dt>Mode</dt>
            <dd>
              <ModeTag mode={mode} />
            </dd>
          </div>
          <div>
            <dt>Key id</dt>
            <dd>
              <code>{keyId}</code>
            </dd>
          </div>
          <div>
            <dt>Key secret</dt>
            <dd className={styles.soft}>Stored sealed, and never shown</dd>
          </div>
          <div>
            <dt>Connected</dt>
            <dd>
              <time dateTime={createdAt}>{fullTime(createdAt)}</time>
            </dd>
          </div>
        </dl>
        {onAsk && (
          <div className={admin.row}>
            <Button variant="default" onClick={() => onAsk('key')}>
              Replace the key
            </Button>
          </div>
        )}
      </Section>
      <Section
        title="Webhook"
        lead="By it Razorpay tells this server at once when something has happened. Without it payments are found as well, some minutes later."
      >
        <CodeLine text={`${serverUrl}${webhookPath}`} what="Webhook address" />
        <dl className={styles.pairs}>
          <div>
            <dt>Last heard of</dt>
            <dd>
              {lastWebhookAt === null ? (
                'Never yet. Enter the address and the secret at Razorpay, under Webhooks.'
              ) : (
                <time dateTime={lastWebhookAt} title={fullTime(lastWebhookAt)}>
                  {listTime(lastWebhookAt, now)}
                </time>
              )}
            </dd>
          </div>
          <div>
            <dt>Events</dt>
            <dd>All of payments, orders, payment links, refunds and disputes</dd>
          </div>
          <div>
            <dt>Secret</dt>
            <dd className={styles.soft}>Shown once, when it is made</dd>
          </div>
        </dl>
        {onAsk && (
          <div className={admin.row}>
            <Button variant="default" onClick={() => onAsk('secret')}>
              Replace the secret
            </Button>
          </div>
        )}
      </Section>
      {onAsk && (
        <Section title="Disconnect" tone="danger" lead="Nobody can ask for a payment any more.">
          <div className={admin.row}>
            <Button variant="default" onClick={() => onAsk('disconnect')}>
              Disconnect the account
            </Button>
          </div>
        </Section>
      )}
    </>
  )
}
