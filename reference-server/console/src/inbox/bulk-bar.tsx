import { type BulkAction, ChatError } from '@chatdesk/protocol'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { X } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { useConsole } from '../client/console-services.js'
import { errorText } from '../text/error-text.js'
import { BulkMenu } from './bulk-menu.js'
import styles from './inbox.module.css'

/** Options of `BulkBar`. */
export interface BulkBarProps {
  ids: readonly string[]
  onClear: () => void
  /** Something was done to some of them. */
  onChanged: () => void
}

/** What can be done to all that is selected. */
export function BulkBar({ ids, onClear, onChanged }: BulkBarProps) {
  const { admin: api } = useConsole()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const [asking, setAsking] = useState(false)
  const what = ids.length === 1 ? 'the conversation' : `${ids.length} conversations`
  const run = async (action: BulkAction) => {
    setBusy(true)
    try {
      const outcomes = await api.inbox.bulk(ids, action)
      onChanged()
      const missed = outcomes.filter(({ outcome }) => outcome !== 'done').length
      if (missed === 0) onClear()
      setSaid(missed === 0 ? '' : `${missed} of ${outcomes.length} could not be changed.`)
    } catch (error) {
      if (!ChatError.isInstance(error)) throw error
      setSaid(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={styles.bulk} aria-label="Selected conversations">
      <strong className={styles.bulkCount}>{ids.length} selected</strong>
      <Button size="compact-sm" disabled={busy} onClick={() => void run({ type: 'assign' })}>
        Take
      </Button>
      <Button size="compact-sm" variant="default" disabled={busy} onClick={() => setAsking(true)}>
        End
      </Button>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" disabled={busy} aria-label="More for the selected">
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <BulkMenu onChoose={(action) => void run(action)} />
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={28} variant="subtle" aria-label="Select none" onClick={onClear}>
        <X size={16} aria-hidden />
      </ActionIcon>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={`End ${what}?`}>
        <DialogForm
          submitLabel="End"
          onCancel={() => setAsking(false)}
          onSubmit={async () => {
            setAsking(false)
            await run({ type: 'end' })
          }}
        >
          <p className={admin.dialogText}>The visitors see that it has ended; when one writes again, it reopens.</p>
        </DialogForm>
      </Dialog>
      {said && (
        <span role="alert" className={styles.bulkSaid}>
          {said}
        </span>
      )}
    </section>
  )
}
