import type { ConversationSummary } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Siren, X } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import styles from '../shell/shell.module.css'

/** Names the conversation to which the member is called at once, wherever they are in the console, until somebody has it (B17). */
export function UrgentBanner() {
  const { client, current } = useConsole()
  const rows = useStore(client.$inbox)
  const [location, navigate] = useLocation()
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const calls = current.visiting
    ? []
    : rows
        .filter((row) => isCalled(row, current.member.id) && !dismissed.has(keyOf(row)))
        .sort((a, b) => ((a.paged?.at ?? '') < (b.paged?.at ?? '') ? -1 : 1))
  const [first] = calls.filter(({ id }) => location.split('/')[2] !== id)
  return (
    <div aria-live="assertive" className={styles.bannerPlace}>
      {first && (
        <div className={styles.banner} data-tone="bad">
          <Siren size={16} strokeWidth={2} aria-hidden />
          <span>
            <strong>Urgent:</strong> <bdi>{first.visitor.name}</bdi> needs somebody at once
            {calls.length > 1 && `, and ${calls.length - 1} more`}.
          </span>
          <Button size="compact-sm" variant="default" onClick={() => navigate(`/conversations/${first.id}`)}>
            Open
          </Button>
          <ActionIcon
            size={24}
            aria-label="Dismiss"
            onClick={() => setDismissed((before) => new Set([...before, keyOf(first)]))}
          >
            <X size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </div>
      )}
    </div>
  )
}

/** Whoever has taken it is about it, and the others need not be. */
function isCalled({ paged, agent }: ConversationSummary, selfId: string): boolean {
  return paged?.memberIds.includes(selfId) === true && (agent === null || agent.id === selfId)
}

/** Of one hand-off: the next one calls again. */
function keyOf({ id, paged }: ConversationSummary): string {
  return `${id} ${paged?.at}`
}
