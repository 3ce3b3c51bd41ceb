import type { AgentConversation } from '@chatdesk/core/agent'
import { useStore } from '@nanostores/react'
import styles from './message-list.module.css'

/** Who writes right now. The place is kept, so that nothing jumps. */
export function TypingLine({ conversation, visitorName }: { conversation: AgentConversation; visitorName: string }) {
  const authors = useStore(conversation.$typing)
  const names = authors.map(({ kind, name }) => name ?? (kind === 'visitor' ? visitorName : 'An agent'))
  return (
    <div className={styles.typing} role="status">
      {names.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          <span>
            <bdi>{names.join(', ')}</bdi> {names.length === 1 ? 'is' : 'are'} typing…
          </span>
        </>
      )}
    </div>
  )
}
