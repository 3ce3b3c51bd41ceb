import { type BulkAction, ChatError } from '@chatdesk/protocol'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Ellipsis, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { errorText } from '../text/error-text.js'
import styles from './inbox.module.css'

const HOUR = 3_600_000

/** Options of `BulkBar`. */
export interface BulkBarProps {
  ids: readonly string[]
  onClear: () => void
}

/** What can be done to all that is selected. */
export function BulkBar({ ids, onClear }: BulkBarProps) {
  const { admin, $now } = useConsole()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const run = async (action: BulkAction) => {
    setBusy(true)
    try {
      const outcomes = await admin.inbox.bulk(ids, action)
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
  const until = (hours: number) => new Date($now.get() + hours * HOUR).toISOString()
  return (
    <section className={styles.bulk} aria-label="Selected conversations">
      <strong className={styles.bulkCount}>{ids.length} selected</strong>
      <Button size="compact-sm" disabled={busy} onClick={() => void run({ type: 'assign' })}>
        Take
      </Button>
      <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void run({ type: 'end' })}>
        End
      </Button>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <ActionIcon size={28} variant="default" disabled={busy} aria-label="More for the selected">
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Item onClick={() => void run({ type: 'release' })}>Release to the queue</Menu.Item>
          <Menu.Item onClick={() => void run({ type: 'reopen' })}>Reopen</Menu.Item>
          <Menu.Label>Snooze</Menu.Label>
          <Menu.Item onClick={() => void run({ type: 'snooze', until: until(1) })}>For an hour</Menu.Item>
          <Menu.Item onClick={() => void run({ type: 'snooze', until: until(24) })}>For a day</Menu.Item>
          <Menu.Item onClick={() => void run({ type: 'snooze', until: until(168) })}>For a week</Menu.Item>
          <Menu.Item onClick={() => void run({ type: 'snooze', until: null })}>Wake</Menu.Item>
          <Menu.Label>Priority</Menu.Label>
          {(['urgent', 'high', 'normal', 'low'] as const).map((priority) => (
            <Menu.Item key={priority} tt="capitalize" onClick={() => void run({ type: 'priority', priority })}>
              {priority}
            </Menu.Item>
          ))}
          <TagItems onTag={(tagId) => void run({ type: 'tag', tagId })} />
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={28} variant="subtle" aria-label="Select none" onClick={onClear}>
        <X size={16} aria-hidden />
      </ActionIcon>
      {said && (
        <span role="alert" className={styles.bulkSaid}>
          {said}
        </span>
      )}
    </section>
  )
}

function TagItems({ onTag }: { onTag: (tagId: string) => void }) {
  const { directory } = useConsole()
  const { tags } = useStore(directory.$directory)
  useEffect(() => void directory.refresh(), [directory])
  if (tags.length === 0) return null
  return (
    <>
      <Menu.Label>Tag</Menu.Label>
      {tags.map(({ id, name }) => (
        <Menu.Item key={id} onClick={() => onTag(id)}>
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
