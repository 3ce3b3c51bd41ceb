import type { AgentConversation } from '@chatdesk/core/agent'
import { useStore } from '@nanostores/react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { ContextPanel } from '../context/context-panel.js'
import { useDetailsShown } from '../context/use-details-shown.js'
import { useShortcut } from '../shell/shortcuts.js'
import { EndDialog } from './end-dialog.js'
import { MessageList } from './message-list.js'
import { ReplyBox } from './reply-box.js'
import styles from './thread.module.css'
import { ThreadHeader } from './thread-header.js'

/** One conversation, watched as long as it stands here. */
export function ThreadPane({ conversationId }: { conversationId: string }) {
  const { client } = useConsole()
  const [conversation, setConversation] = useState<AgentConversation | null>(null)
  const missing = useIsMissing(conversation)

  useEffect(() => {
    const opened = client.openConversation(conversationId)
    setConversation(opened)
    return () => opened.close()
  }, [client, conversationId])

  if (missing) {
    return (
      <div className={styles.placeholder} role="alert">
        <strong>This conversation cannot be shown</strong>
        <p>It no longer exists, or it belongs to somebody else.</p>
        <Link href="/">Back to the inbox</Link>
      </div>
    )
  }
  return conversation && <Thread conversation={conversation} />
}

/** The server answers a watch of a foreign or unknown conversation with `NOT_FOUND` (C1). */
function useIsMissing(conversation: AgentConversation | null): boolean {
  const { client } = useConsole()
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    if (!conversation) return
    const { $conversation } = conversation
    const stops = [
      client.on('error', ({ code }) => {
        if (!$conversation.get().synced && (code === 'NOT_FOUND' || code === 'VALIDATION_FAILED')) setMissing(true)
      }),
      // The error does not say whose it was: what can be read after all was not meant.
      $conversation.listen(({ synced }) => synced && setMissing(false)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, conversation])
  return missing
}

function Thread({ conversation }: { conversation: AgentConversation }) {
  const { client } = useConsole()
  const row = useStore(client.$inbox).find(({ id }) => id === conversation.conversationId)
  const { status } = useStore(conversation.$conversation)
  const timeline = useStore(conversation.$timeline)
  const [detailsShown, toggleDetails] = useDetailsShown()
  const [ending, setEnding] = useState(false)
  // A row of an old conversation may not be loaded: then the log knows the name.
  const spoken = timeline.find((entry) => entry.type === 'message' && entry.author.kind === 'visitor')
  const visitorName = row?.visitor.name ?? (spoken?.type === 'message' ? spoken.author.name : undefined) ?? 'Visitor'

  useShortcut(['d'], () => {
    toggleDetails()
    return true
  })

  return (
    <div className={styles.pane} data-details={detailsShown || undefined}>
      <section className={styles.thread} aria-label={`Conversation with ${visitorName}`}>
        <ThreadHeader
          visitor={{ id: row?.visitor.id ?? conversation.conversationId, name: visitorName }}
          conversation={conversation}
          detailsShown={detailsShown}
          onToggleDetails={toggleDetails}
          onEnd={() => setEnding(true)}
        />
        <MessageList conversation={conversation} visitorName={visitorName} />
        <ReplyBox conversation={conversation} visitorName={visitorName} resolved={status === 'resolved'} />
      </section>
      {detailsShown && (
        <ContextPanel conversation={conversation} row={row} name={visitorName} onClose={toggleDetails} />
      )}
      <EndDialog
        opened={ending}
        onClose={() => setEnding(false)}
        conversation={conversation}
        visitorName={visitorName}
      />
    </div>
  )
}
