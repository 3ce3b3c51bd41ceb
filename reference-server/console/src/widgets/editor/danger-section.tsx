import type { AdministeredWidget } from '@chatdesk/protocol'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../../admin/admin.module.css'
import { Dialog, DialogForm } from '../../admin/dialog.js'
import { ErrorLine } from '../../admin/error-line.js'
import { Section } from '../../admin/section.js'
import { useAction } from '../../admin/use-action.js'
import { useConsole } from '../../client/console-services.js'

/** Options of `DangerSection`. */
export interface DangerSectionProps {
  widget: AdministeredWidget
  /** What was done here stands already. */
  onChanged(widget: AdministeredWidget): void
  /** Called before the page of a deleted widget is left. */
  onDeleted(): void
}

/** What cannot be taken back, or is felt on every page at once. Each is done when it is pressed, not with the form. */
export function DangerSection({ widget, onChanged, onDeleted }: DangerSectionProps) {
  const { admin: api } = useConsole()
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null)
  const switching = useAction()
  const close = () => setAsked(null)
  return (
    <div className={admin.stack}>
      <Section
        title={widget.enabled ? 'Switch off' : 'Switch on'}
        lead={
          widget.enabled
            ? 'It disappears from every page, and open chats end, until you switch it on again.'
            : 'It is switched off: no page shows it.'
        }
      >
        <ErrorLine error={switching.error} />
        <div className={admin.row}>
          <Button
            variant="default"
            loading={switching.busy}
            onClick={() =>
              void switching.run(async () =>
                onChanged(await api.widgets.update(widget.id, { enabled: !widget.enabled })),
              )
            }
          >
            {widget.enabled ? 'Switch the widget off' : 'Switch the widget on'}
          </Button>
        </div>
      </Section>
      <Section
        title="Replace the key"
        lead="Pages with the old key go on working for 7 days: time to put in the new one."
      >
        <div className={admin.row}>
          <Button variant="default" onClick={() => setAsked('rotate')}>
            Replace the key
          </Button>
        </div>
      </Section>
      <Section
        title="Delete the widget"
        lead="Its conversations are deleted with it. Leads that came from it stay."
        tone="danger"
      >
        <div className={admin.row}>
          <Button color="var(--chatdesk-danger)" onClick={() => setAsked('delete')}>
            Delete the widget
          </Button>
        </div>
      </Section>
      <Dialog opened={asked === 'rotate'} onClose={close} title="Replace the key?">
        <DialogForm
          submitLabel="Replace"
          onCancel={close}
          onSubmit={async () => {
            onChanged(await api.widgets.rotateKey(widget.id))
            close()
          }}
        >
          <p className={admin.dialogText}>
            Every page with <code>{widget.key}</code> needs the new key within 7 days.
          </p>
        </DialogForm>
      </Dialog>
      <Dialog opened={asked === 'delete'} onClose={close} title="Delete the widget?">
        <DeleteForm widget={widget} onCancel={close} onDeleted={onDeleted} />
      </Dialog>
    </div>
  )
}

function DeleteForm({
  widget,
  onCancel,
  onDeleted,
}: {
  widget: AdministeredWidget
  onCancel: () => void
  onDeleted: () => void
}) {
  const { admin: api } = useConsole()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  return (
    <DialogForm
      submitLabel="Delete for good"
      tone="danger"
      disabled={typed !== widget.name}
      onCancel={onCancel}
      onSubmit={async () => {
        await api.widgets.remove(widget.id)
        onDeleted()
        navigate('/widgets', { replace: true })
      }}
    >
      <p className={admin.dialogText}>
        It disappears from every page at once, with its conversations. Type <strong dir="auto">{widget.name}</strong> to
        go on.
      </p>
      <TextInput
        label="Name of the widget"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
    </DialogForm>
  )
}
