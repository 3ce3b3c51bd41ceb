import type { ChatError, ConversationSummary } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { EarlierPage } from '../api/conversations-api.js'
import { useConsole } from '../client/console-services.js'
import { fullTime, shortDay } from '../text/format-time.js'
import { StatusBadge } from '../thread/status-badge.js'
import styles from './context-panel.module.css'

/** What the same visitor began before this conversation; nothing for somebody new. */
export function EarlierConversations({ conversationId }: { conversationId: string }) {
  const { admin } = useConsole()
  const { state } = useLoaded(() => admin.conversations.earlier(conversationId), conversationId)
  if (state.status === 'loaded')
    return <Pages key={conversationId} first={state.value} conversationId={conversationId} />
  // Beside the conversation this is the least that can be missing.
  return state.status === 'failed' ? <ErrorSection error={state.error} /> : null
}

function Pages({ first, conversationId }: { first: EarlierPage; conversationId: string }) {
  const { admin } = useConsole()
  const action = useAction()
  const [{ conversations, nextCursor }, setPage] = useState(first)
  if (conversations.length === 0) return null
  const more = (cursor: string) =>
    action.run(async () => {
      const page = await admin.conversations.earlier(conversationId, cursor)
      setPage({ ...page, conversations: [...conversations, ...page.conversations] })
    })
  return (
    <section className={styles.section} aria-label="Earlier conversations">
      <h3>Earlier conversations</h3>
      <ul className={styles.earlier}>
        {conversations.map((row) => (
          <EarlierRow key={row.id} row={row} />
        ))}
      </ul>
      <ErrorLine error={action.error} />
      {nextCursor !== null && (
        <Button size="compact-sm" fz={13} variant="subtle" loading={action.busy} onClick={() => void more(nextCursor)}>
          Show more
        </Button>
      )}
    </section>
  )
}

function EarlierRow({ row }: { row: ConversationSummary }) {
  return (
    <li>
      <Link href={`/conversations/${row.id}`}>
        <span>
          <time dateTime={row.createdAt} title={fullTime(row.createdAt)}>
            {shortDay(row.createdAt)}
          </time>
          <StatusBadge status={row.status} />
        </span>
        <small dir="auto">{row.lastMessage?.text || 'Nothing written'}</small>
      </Link>
    </li>
  )
}

function ErrorSection({ error }: { error: ChatError }) {
  return (
    <section className={styles.section} aria-label="Earlier conversations">
      <h3>Earlier conversations</h3>
      <ErrorLine error={error} />
    </section>
  )
}
