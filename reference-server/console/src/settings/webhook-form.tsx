import type { Webhook, WebhookEventType } from '@chatdesk/protocol'
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { CodeLine } from '../admin/code-block.js'
import { DialogForm } from '../admin/dialog.js'
import { RefusableInput } from '../admin/refusable-input.js'
import { useConsole } from '../client/console-services.js'
import styles from './settings.module.css'
import { EVENT_NAMES } from './webhook-text.js'

const EVENTS = Object.keys(EVENT_NAMES) as WebhookEventType[]

/** Asks where to and of what; of a new one it shows the secret, once. */
export function WebhookForm({ webhook, onDone }: { webhook: Webhook | null; onDone: () => void }) {
  const { admin: api } = useConsole()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [events, setEvents] = useState<WebhookEventType[]>(webhook?.events ?? [])
  const [secret, setSecret] = useState<string | null>(null)
  if (secret !== null) return <ShownSecret secret={secret} onDone={onDone} />
  return (
    <DialogForm
      submitLabel={webhook ? 'Save' : 'Make the webhook'}
      disabled={events.length === 0}
      onCancel={onDone}
      onSubmit={async () => {
        const wanted = { url: url.trim(), events }
        if (!webhook) return setSecret((await api.webhooks.create(wanted)).secret)
        await api.webhooks.update(webhook.id, wanted)
        onDone()
      }}
    >
      <RefusableInput
        field="url"
        label="Address"
        description="Where what happens is sent: https, and reachable from the Internet."
        placeholder="https://"
        type="url"
        required
        maxLength={2048}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <fieldset className={styles.events}>
        <legend>Tell it when</legend>
        {EVENTS.map((type) => (
          <Checkbox
            key={type}
            label={EVENT_NAMES[type]}
            checked={events.includes(type)}
            onChange={(event) => {
              const on = event.currentTarget.checked
              setEvents((before) => EVENTS.filter((one) => (one === type ? on : before.includes(one))))
            }}
          />
        ))}
      </fieldset>
    </DialogForm>
  )
}

/** A secret, for whoever copies it now. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className={admin.stack}>
      <p className={admin.dialogText}>
        This is the secret, with which your receiver verifies what it is sent. It is shown only now: keep it where your
        receiver reads it.
      </p>
      <CodeLine text={secret} what="Secret" />
      <div className={admin.dialogActions}>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  )
}
