import type { AdministeredWidget } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { CodeLine } from '../../admin/code-block.js'
import { Dialog, DialogForm } from '../../admin/dialog.js'
import { Section } from '../../admin/section.js'
import { useConsole } from '../../client/console-services.js'
import { OldKeyNotice, useOldKeyUntil } from '../old-key-notice.js'

/** The key that pages name the widget by, and a new one for it. */
export function KeySection({
  widget,
  onChanged,
}: {
  widget: AdministeredWidget
  onChanged(w: AdministeredWidget): void
}) {
  const { admin: api } = useConsole()
  const [asked, setAsked] = useState(false)
  const oldKeyUntil = useOldKeyUntil(widget)
  const close = () => setAsked(false)
  return (
    <Section title="Key" lead="Pages name the widget by it. After a change the old one goes on working for 7 days.">
      <CodeLine text={widget.key} what="Key" />
      <OldKeyNotice widget={widget} />
      <div className={admin.row}>
        <Button variant="default" onClick={() => setAsked(true)}>
          Replace the key
        </Button>
      </div>
      <Dialog opened={asked} onClose={close} title="Replace the key?">
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
            {oldKeyUntil !== null && ' The key before it, which still works, stops at once.'}
          </p>
        </DialogForm>
      </Dialog>
    </Section>
  )
}
