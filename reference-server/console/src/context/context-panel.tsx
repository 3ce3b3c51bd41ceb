import type { AgentConversation } from '@chatdesk/core/agent'
import type { ConversationSummary } from '@chatdesk/protocol'
import { ActionIcon } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { BadgeCheck, CircleUser, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { ConversationPayments, type ConversationPaymentsProps } from '../payments/conversation/conversation-payments.js'
import { Avatar } from '../shell/avatar.js'
import { fullTime } from '../text/format-time.js'
import { safeLink } from '../text/safe-link.js'
import { StatusBadge } from '../thread/status-badge.js'
import type { ConversationWork } from '../thread/work/use-conversation-work.js'
import { ConversationTickets, type ConversationTicketsProps } from '../tickets/conversation-tickets.js'
import styles from './context-panel.module.css'
import { EarlierConversations } from './earlier-conversations.js'
import { VisitorFacts } from './visitor-facts.js'
import { WorkFacts } from './work-facts.js'

/** Options of `ContextPanel`. */
export interface ContextPanelProps {
  conversation: AgentConversation
  work: ConversationWork
  name: string
  onClose: () => void
  /** What is told of the conversation in short. */
  summary: ReactNode
  tickets: Pick<ConversationTicketsProps, 'made' | 'onMake'>
  payments: ConversationPaymentsProps
}

/** Who the visitor is and where the conversation stands. */
export function ContextPanel({ conversation, work, name, onClose, summary, tickets, payments }: ContextPanelProps) {
  const { row } = work
  const { status, agent, synced } = useStore(conversation.$conversation)
  const link = row?.pageUrl ? safeLink(row.pageUrl) : null
  return (
    <aside className={styles.panel} aria-label="Details">
      <header className={styles.head}>
        <h2>Details</h2>
        <ActionIcon onClick={onClose} aria-label="Close the details">
          <X size={20} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </header>
      <div className={styles.who}>
        <Avatar id={row?.visitor.id ?? conversation.conversationId} name={name} size={56} />
        <strong dir="auto">{name}</strong>
        {row && <Identity visitor={row.visitor} />}
      </div>
      <dl className={styles.facts}>
        {synced && (
          <>
            <dt>Status</dt>
            <dd>
              <StatusBadge status={status} />
            </dd>
            <dt>Agent</dt>
            <dd>
              <bdi>{agent?.name ?? 'Nobody yet'}</bdi>
            </dd>
          </>
        )}
        <WorkFacts work={work} />
        {row && (
          <>
            <dt>Started</dt>
            <dd>
              <time dateTime={row.createdAt}>{fullTime(row.createdAt)}</time>
            </dd>
            <dt>Page</dt>
            <dd dir="ltr">
              {link ? (
                <a href={link.href} title={link.href} target="_blank" rel="noopener noreferrer">
                  {link.label}
                </a>
              ) : (
                (row.pageUrl ?? 'Unknown')
              )}
            </dd>
          </>
        )}
      </dl>
      {summary}
      <VisitorFacts conversationId={conversation.conversationId} version={row?.version} />
      <EarlierConversations conversationId={conversation.conversationId} />
      <ConversationTickets conversationId={conversation.conversationId} {...tickets} />
      <ConversationPayments {...payments} />
    </aside>
  )
}

const PROOFS = {
  jwt: 'Signed in on the site, which vouches for them by a token.',
  hmac: 'Signed in on the site, which vouches for them by a signature.',
} as const

/** Who they are, and what says so. */
function Identity({ visitor: { identified, nameClaimed, proof, email } }: Pick<ConversationSummary, 'visitor'>) {
  const Icon = identified ? BadgeCheck : CircleUser
  return (
    <>
      <span className={styles.identity} data-identified={identified || undefined}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {identified ? (nameClaimed ? 'Identified, but not by this name' : 'Identified') : 'Not identified'}
      </span>
      {email && <span className={styles.proved}>{email}</span>}
      <p className={styles.proof}>
        {proof ? PROOFS[proof] : identified ? 'Signed in on the site.' : 'Nobody has proved who this is.'}
      </p>
    </>
  )
}
