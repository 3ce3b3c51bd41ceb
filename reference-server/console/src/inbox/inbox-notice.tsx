import { Inbox } from 'lucide-react'
import styles from './inbox.module.css'
import type { InboxFilter } from './inbox-filter.js'

const NOTICES: Record<InboxFilter, { title: string; text: string }> = {
  open: { title: 'Nobody is waiting', text: 'A new conversation appears here as soon as a visitor writes.' },
  mine: { title: 'Nothing is yours yet', text: 'Reply to an open conversation and it becomes yours.' },
  resolved: { title: 'Nothing is resolved yet', text: 'Conversations that have ended are kept here.' },
}

/** An empty tab, and how it fills. */
export function InboxNotice({ filter }: { filter: InboxFilter }) {
  const { title, text } = NOTICES[filter]
  return (
    <div className={styles.notice}>
      <Inbox size={28} strokeWidth={1.5} aria-hidden />
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  )
}
