import type { AdministeredWidget } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../../admin/admin.module.css'
import { Dialog, DialogForm } from '../../admin/dialog.js'
import { ErrorLine } from '../../admin/error-line.js'
import { Section } from '../../admin/section.js'
import { TypedNameForm } from '../../admin/typed-name-form.js'
import { useAction } from '../../admin/use-action.js'
import { useConsole } from '../../client/console-services.js'
import { KeySection } from './key-section.js'

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
  const [asked, setAsked] = useState<'switch off' | 'delete' | null>(null)
  const [, navigate] = useLocation()
  const switching = useAction()
  const close = () => setAsked(null)
  const switchTo = async (enabled: boolean) => onChanged(await api.widgets.update(widget.id, { enabled }))
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
            onClick={() => (widget.enabled ? setAsked('switch off') : void switching.run(() => switchTo(true)))}
          >
            {widget.enabled ? 'Switch the widget off' : 'Switch the widget on'}
          </Button>
        </div>
      </Section>
      <KeySection widget={widget} onChanged={onChanged} />
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
      <Dialog opened={asked === 'switch off'} onClose={close} title="Switch the widget off?">
        <DialogForm
          submitLabel="Switch off"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            await switchTo(false)
            close()
          }}
        >
          <p className={admin.dialogText}>
            It disappears from every page at once, and open chats end, also those that somebody is writing in.
          </p>
        </DialogForm>
      </Dialog>
      <Dialog opened={asked === 'delete'} onClose={close} title="Delete the widget?">
        <TypedNameForm
          name={widget.name}
          label="Name of the widget"
          onCancel={close}
          onSubmit={async () => {
            await api.widgets.remove(widget.id)
            onDeleted()
            navigate('/widgets', { replace: true })
          }}
        >
          It disappears from every page at once, with its conversations.
        </TypedNameForm>
      </Dialog>
    </div>
  )
}
