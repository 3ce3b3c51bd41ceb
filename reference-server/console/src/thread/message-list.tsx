import type { AgentConversation } from '@chatdesk/core/agent'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { ArrowDown } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import { changeText } from '../text/change-text.js'
import { clockTime, dayTitle, fullTime } from '../text/format-time.js'
import { MessageGroup } from './message-group.js'
import styles from './message-list.module.css'
import { OlderMessages } from './older-messages.js'
import { timelineRows } from './timeline-rows.js'
import { TypingLine } from './typing-line.js'
import { useThreadScroll } from './use-thread-scroll.js'

/** The log from top to bottom, and what is on its way. */
export function MessageList({ conversation, visitorName }: { conversation: AgentConversation; visitorName: string }) {
  const { current, $now, $attentive } = useConsole()
  const timeline = useStore(conversation.$timeline)
  const { hasOlder, synced } = useStore(conversation.$conversation)
  const attentive = useStore($attentive)
  const now = useStore($now)
  const rows = useMemo(() => timelineRows(timeline), [timeline])
  const { scrollRef, contentRef, atEnd, toEnd } = useThreadScroll(timeline)
  const lastSeq = timeline.reduce((last, entry) => entry.seq ?? last, 0)
  const reads = mayWrite(current) && attentive && atEnd && synced

  // Read is what somebody could see: the window has the focus and shows the newest message.
  useEffect(() => {
    if (reads && lastSeq > 0) conversation.markRead()
  }, [conversation, reads, lastSeq])

  return (
    <div className={styles.logFrame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scrollRef} className={styles.log} role="log" aria-live="off" aria-label="Messages" tabIndex={0}>
        <div ref={contentRef} className={styles.column}>
          {!synced && <ThreadSkeleton />}
          {synced && hasOlder && <OlderMessages load={() => conversation.loadOlder()} />}
          {synced && timeline.length === 0 && <p className={styles.quiet}>Nothing has been written yet.</p>}
          {rows.map((row) => {
            if (row.type === 'group') return <MessageGroup key={row.key} group={row} conversation={conversation} />
            if (row.type === 'day') {
              return (
                <h3 key={row.key} className={styles.day}>
                  {dayTitle(row.at, now)}
                </h3>
              )
            }
            return (
              <p key={row.key} className={styles.quiet}>
                <bdi>{changeText(row.change)}</bdi>
                {' · '}
                <time dateTime={row.change.createdAt} title={fullTime(row.change.createdAt)}>
                  {clockTime(row.change.createdAt)}
                </time>
              </p>
            )
          })}
          <TypingLine conversation={conversation} visitorName={visitorName} />
        </div>
      </div>
      {!atEnd && (
        <Button
          className={styles.toEnd}
          size="compact-md"
          fz={13}
          radius={999}
          variant="default"
          onClick={toEnd}
          leftSection={<ArrowDown size={16} strokeWidth={2} aria-hidden />}
        >
          Newest
        </Button>
      )}
    </div>
  )
}

/** Shows itself after 300 ms, by its style sheet. */
function ThreadSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the conversation">
      <span style={{ inlineSize: '56%' }} />
      <span style={{ inlineSize: '38%' }} />
      <span style={{ inlineSize: '48%', alignSelf: 'end' }} />
      <span style={{ inlineSize: '62%' }} />
    </div>
  )
}
