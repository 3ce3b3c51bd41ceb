import type { ConversationStatus } from '@chatdesk/protocol'
import styles from './status-badge.module.css'

const NAMES: Record<ConversationStatus, string> = {
  open: 'With the assistant',
  waiting: 'Waiting',
  assigned: 'Assigned',
  resolved: 'Resolved',
}

/** A status as one word. */
export function StatusBadge({ status }: { status: ConversationStatus }) {
  return (
    <span className={styles.badge} data-status={status}>
      {NAMES[status]}
    </span>
  )
}
