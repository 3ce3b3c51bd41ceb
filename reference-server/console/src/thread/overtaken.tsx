import type { MessageView } from '@chatdesk/core'
import type { AgentConversation } from '@chatdesk/core/agent'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Users } from 'lucide-react'
import { useConsole } from '../client/console-services.js'
import styles from './overtaken.module.css'

/** A reply that was not sent, because a colleague answered first (C19): its author has the answer above, and decides. */
export function Overtaken({ message, conversation }: { message: MessageView; conversation: AgentConversation }) {
  const { current } = useConsole()
  const timeline = useStore(conversation.$timeline)
  const answers = timeline.flatMap((entry) =>
    entry.type === 'message' && entry.author.kind === 'agent' && entry.author.id !== current.member.id ? [entry] : [],
  )
  const name = answers.at(-1)?.author.name ?? 'A colleague'
  return (
    <div className={styles.overtaken}>
      <Users size={14} strokeWidth={2} aria-hidden />
      <span role="alert">
        <bdi>{name}</bdi> answered meanwhile. This was not sent.
      </span>
      {/* A refusal comes back as this message's state. */}
      <Button
        size="compact-xs"
        fz={12}
        variant="default"
        onClick={() => conversation.retryMessage(message.key).catch(() => undefined)}
      >
        Send anyway
      </Button>
      <Button
        size="compact-xs"
        fz={12}
        variant="default"
        onClick={() => conversation.discardMessage(message.key).catch(() => undefined)}
      >
        Discard
      </Button>
    </div>
  )
}
