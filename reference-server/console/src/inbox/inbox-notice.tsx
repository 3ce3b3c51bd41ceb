import type { InboxView } from '@chatdesk/protocol'
import { Inbox } from 'lucide-react'
import styles from './inbox.module.css'

const NOTICES: Record<InboxView, { title: string; text: string }> = {
  all: { title: 'Nobody is waiting', text: 'A new conversation appears here as soon as a visitor writes.' },
  mine: { title: 'Nothing is yours yet', text: 'Reply to an open conversation and it becomes yours.' },
  unassigned: { title: 'Everything has somebody', text: 'Conversations that nobody has taken appear here.' },
  waiting: { title: 'The queue is empty', text: 'Whoever waits for an agent stands here, the longest first.' },
  assistant: { title: 'The assistant has nothing', text: 'What it answers stands here, until it hands over.' },
  snoozed: { title: 'Nothing is snoozed', text: 'What you put away until later comes back by itself.' },
  resolved: { title: 'Nothing is resolved yet', text: 'Conversations that have ended are kept here.' },
}

/** An empty view, and how it fills. */
export function InboxNotice({ view, isFiltered }: { view: InboxView; isFiltered: boolean }) {
  const { title, text } = isFiltered
    ? { title: 'Nothing matches the filter', text: 'Clear it, or choose another view.' }
    : NOTICES[view]
  return (
    <div className={styles.notice}>
      <Inbox size={28} strokeWidth={1.5} aria-hidden />
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  )
}
