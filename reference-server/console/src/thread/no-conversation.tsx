import { Kbd } from '@mantine/core'
import { MessageSquare } from 'lucide-react'
import styles from './thread.module.css'

/** Where a conversation will stand. */
export function NoConversation() {
  return (
    <div className={styles.placeholder}>
      <MessageSquare size={32} strokeWidth={1.5} aria-hidden />
      <strong>Choose a conversation</strong>
      <p>
        <Kbd>J</Kbd> and <Kbd>K</Kbd> move through the list, <Kbd>Enter</Kbd> opens.
      </p>
    </div>
  )
}
