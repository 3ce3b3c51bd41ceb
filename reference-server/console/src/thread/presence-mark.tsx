import type { AgentConversation } from '@chatdesk/core/agent'
import { useStore } from '@nanostores/react'
import styles from './presence-mark.module.css'

const NAMES = { online: 'Online', away: 'Away', offline: 'Left' }

/** Whether the visitor is there, as a dot and a word; nothing while that cannot be known. */
export function PresenceMark({ conversation }: { conversation: AgentConversation }) {
  const presence = useStore(conversation.$presence)
  return (
    presence && (
      <span className={styles.mark} data-presence={presence}>
        {NAMES[presence]}
      </span>
    )
  )
}
