import type { AgentConversation } from '@chatdesk/core/agent'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { ArrowLeft, Check, PanelRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { mayWrite, useConsole } from '../client/console-services.js'
import { Avatar } from '../shell/avatar.js'
import { useShortcut } from '../shell/shortcuts.js'
import { PresenceMark } from './presence-mark.js'
import { StatusBadge } from './status-badge.js'
import styles from './thread.module.css'

/** Options of `ThreadHeader`. */
export interface ThreadHeaderProps {
  visitor: { id: string; name: string }
  conversation: AgentConversation
  detailsShown: boolean
  onToggleDetails: () => void
  onEnd: () => void
}

/** Whom one talks to, where it stands, and what can be done with it. */
export function ThreadHeader({ visitor, conversation, detailsShown, onToggleDetails, onEnd }: ThreadHeaderProps) {
  const { current } = useConsole()
  const [, navigate] = useLocation()
  const { status, agent, synced } = useStore(conversation.$conversation)
  const headingRef = useRef<HTMLHeadingElement>(null)
  const canEnd = synced && status !== 'resolved' && mayWrite(current)

  useShortcut(['e'], () => {
    if (canEnd) onEnd()
    return canEnd
  })
  // As a page of its own the thread takes the focus with it; beside the list, the list keeps it.
  useEffect(() => {
    if (!window.matchMedia('(min-width: 1024px)').matches) headingRef.current?.focus()
  }, [])

  return (
    <header className={styles.head}>
      <ActionIcon className={styles.back} onClick={() => navigate('/')} aria-label="Back to the inbox">
        <ArrowLeft size={20} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
      <Avatar id={visitor.id} name={visitor.name} size={32} />
      <div className={styles.who}>
        <h2 ref={headingRef} tabIndex={-1} dir="auto" title={visitor.name}>
          {visitor.name}
        </h2>
        {synced && (
          <p>
            <PresenceMark conversation={conversation} />
            <StatusBadge status={status} />
            {agent?.name && <span dir="auto">{agent.name}</span>}
          </p>
        )}
      </div>
      {canEnd && (
        <Button
          variant="default"
          size="xs"
          fz={13}
          onClick={onEnd}
          aria-label="End the conversation"
          leftSection={<Check size={16} strokeWidth={1.75} aria-hidden />}
        >
          End
        </Button>
      )}
      <Tooltip label={detailsShown ? 'Hide the details (D)' : 'Show the details (D)'}>
        <ActionIcon onClick={onToggleDetails} aria-label="Details" aria-expanded={detailsShown}>
          <PanelRight size={20} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  )
}
