import type { DeliveryState, MessageView } from '@chatdesk/core'
import type { AgentConversation } from '@chatdesk/core/agent'
import { Button } from '@mantine/core'
import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import { useConsole } from '../client/console-services.js'
import { Avatar } from '../shell/avatar.js'
import { errorText } from '../text/error-text.js'
import { clockTime, fullTime } from '../text/format-time.js'
import styles from './message-list.module.css'
import { MessageParts } from './message-parts.js'
import { Overtaken } from './overtaken.js'
import type { MessageGroup as Group } from './timeline-rows.js'

const DELIVERY: Record<Exclude<DeliveryState, 'failed'>, { name: string; Icon: typeof Check }> = {
  queued: { name: 'Waiting to be sent', Icon: Clock },
  sending: { name: 'Sending', Icon: Clock },
  sent: { name: 'Sent', Icon: Check },
  read: { name: 'Read', Icon: CheckCheck },
}

/** What one author said in one breath: the visitor at the start side, the team at the end side. */
export function MessageGroup({ group, conversation }: { group: Group; conversation: AgentConversation }) {
  const { current } = useConsole()
  const { author, own, messages } = group
  const self = own && author.id === current.member.id
  const name = author.name ?? (own ? 'Team' : 'Visitor')
  const last = messages.at(-1) ?? messages[0]
  return (
    <article className={styles.group} data-own={own || undefined} aria-label={self ? 'You' : name}>
      {!own && <Avatar id={author.id ?? ''} name={name} size={28} />}
      <div className={styles.bubbles}>
        {own && !self && (
          <span className={styles.author} dir="auto">
            {name}
          </span>
        )}
        {messages.map((message) => (
          <div key={message.key} className={styles.message}>
            <div
              className={styles.bubble}
              data-seq={message.seq}
              data-failed={message.delivery === 'failed' || undefined}
              dir="auto"
            >
              <MessageParts message={message} conversationId={conversation.conversationId} />
            </div>
            {message.delivery === 'failed' && <Failure message={message} conversation={conversation} />}
          </div>
        ))}
        {last.delivery !== 'failed' && (
          <span className={styles.meta}>
            <time dateTime={last.createdAt} title={fullTime(last.createdAt)}>
              {clockTime(last.createdAt)}
            </time>
            {own && <Delivery state={last.delivery} />}
          </span>
        )}
      </div>
    </article>
  )
}

function Delivery({ state }: { state: Exclude<DeliveryState, 'failed'> }) {
  const { name, Icon } = DELIVERY[state]
  return (
    <span className={styles.delivery} data-state={state}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      {name}
    </span>
  )
}

function Failure({ message, conversation }: { message: MessageView; conversation: AgentConversation }) {
  if (message.error?.code === 'OVERTAKEN') return <Overtaken message={message} conversation={conversation} />
  return (
    <div className={styles.failure}>
      <CircleAlert size={14} strokeWidth={2} aria-hidden />
      <span role="alert">Not sent. {message.error ? errorText(message.error) : ''}</span>
      {/* A refusal comes back as this message's state. */}
      <Button
        size="compact-xs"
        fz={12}
        variant="default"
        onClick={() => conversation.retryMessage(message.key).catch(() => undefined)}
      >
        Try again
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
