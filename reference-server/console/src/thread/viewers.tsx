import type { AgentConversation } from '@chatdesk/core/agent'
import { Tooltip } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Avatar } from '../shell/avatar.js'
import styles from './viewers.module.css'

/** Faces beside each other; the rest is a number. */
const MOST_FACES = 3

/** Which colleagues look at this conversation, and who of them writes in it (C21). */
export function Viewers({ conversation }: { conversation: AgentConversation }) {
  const viewers = useStore(conversation.$viewers)
  const typing = useStore(conversation.$typing)
  const isTyping = (id: string) => typing.some((author) => author.kind === 'agent' && author.id === id)
  const names = viewers.map(({ id, name }) => `${name} ${isTyping(id) ? 'is answering' : 'is looking at this, too'}`)
  const further = viewers.length - MOST_FACES
  return (
    <div role="status" className={styles.viewers}>
      {viewers.length > 0 && (
        <Tooltip label={names.map((line) => <div key={line}>{line}</div>)}>
          <span className={styles.faces} data-viewers={viewers.length}>
            {viewers.slice(0, MOST_FACES).map(({ id, name }) => (
              <span key={id} className={styles.face} data-typing={isTyping(id) || undefined}>
                <Avatar id={id} name={name} size={28} />
              </span>
            ))}
            {further > 0 && <span aria-hidden="true">+{further}</span>}
            <span className={styles.words}>{names.join('. ')}</span>
          </span>
        </Tooltip>
      )}
    </div>
  )
}
