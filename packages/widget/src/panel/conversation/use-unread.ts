import type { TimelineEntry } from '@chatdesk/core'
import { useEffect, useState } from 'preact/hooks'
import { isPageVisible, onPageVisibility } from '../../launcher/host-page.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'

/** Key of the first of the newest `unread` messages of the other side. */
export function firstUnread(entries: readonly TimelineEntry[], unread: number): string | null {
  let left = unread
  for (let index = entries.length - 1; index >= 0 && left > 0; index--) {
    const entry = entries[index]
    if (entry?.type !== 'message' || entry.own) continue
    left -= 1
    if (left === 0) return entry.key
  }
  return null
}

/** What the reader has not seen. */
export interface Unread {
  count: number
  /** Key of the message before which the divider stands, also for a while after it was read. */
  newFrom: string | null
}

/**
 * Marks as read what is in view, and remembers where the unread part began.
 *
 * @param seen the newest entry is in view, if the page is.
 */
export function useUnread(entries: readonly TimelineEntry[], seen: boolean, ownLast: string | undefined): Unread {
  const { client, $open } = usePanel()
  const open = useStore($open)
  const count = useStore(client.$unreadCount)
  const [visible, setVisible] = useState(isPageVisible)
  const [newFrom, setNewFrom] = useState<string | null>(null)
  const reading = open && seen && visible

  useEffect(() => onPageVisibility(() => setVisible(isPageVisible())), [])

  // Whoever answers, or closes what they have read, has no need of the divider.
  useEffect(() => setNewFrom(null), [ownLast])
  useEffect(() => {
    if (!open && count === 0) setNewFrom(null)
  }, [open, count])

  useEffect(() => {
    if (count === 0) return
    const arrivedUnderTheirEyes = reading && newFrom === null && count === 1
    if (newFrom === null && !arrivedUnderTheirEyes) setNewFrom(firstUnread(entries, count))
    if (reading) client.markRead()
  }, [count, reading, entries])

  return { count, newFrom }
}
