import type { AgentConversation } from '@chatdesk/core/agent'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { ArrowDown } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import { PaymentRow } from '../payments/conversation/payment-row.js'
import { changeText } from '../text/change-text.js'
import { errorText } from '../text/error-text.js'
import { clockTime, dayTitle, fullTime } from '../text/format-time.js'
import { MessageGroup } from './message-group.js'
import styles from './message-list.module.css'
import { NoteBand } from './notes/note-band.js'
import type { Notes } from './notes/use-notes.js'
import { OlderMessages } from './older-messages.js'
import { timelineRows } from './timeline-rows.js'
import { TypingLine } from './typing-line.js'
import { useThreadScroll } from './use-thread-scroll.js'

/** Options of `MessageList`. */
export interface MessageListProps {
  conversation: AgentConversation
  visitorName: string
  notes: Notes
}

/** The log from top to bottom, and what is on its way. */
export function MessageList({ conversation, visitorName, notes }: MessageListProps) {
  const { current, $now, $attentive } = useConsole()
  const timeline = useStore(conversation.$timeline)
  const { hasOlder, synced } = useStore(conversation.$conversation)
  const attentive = useStore($attentive)
  const now = useStore($now)
  const rows = useMemo(() => timelineRows(timeline, notes.notes, hasOlder), [timeline, notes.notes, hasOlder])
  const { scrollRef, contentRef, atEnd, toEnd } = useThreadScroll(timeline)
  const ownNotes = notes.notes.filter(({ author }) => author.id === current.member.id).length
  const ownBefore = useRef(ownNotes)
  // What one has just written is what one wants to see.
  useEffect(() => {
    if (ownNotes > ownBefore.current && synced) toEnd()
    ownBefore.current = ownNotes
  }, [ownNotes, synced, toEnd])

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
            if (row.type === 'note')
              return <NoteBand key={row.key} note={row.note} onRemove={() => notes.remove(row.note.id)} />
            if (row.type === 'payment') return <PaymentRow {...row} key={row.key} />
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
          {notes.error && (
            <div className={styles.older} role="alert">
              Notes of the team: {errorText(notes.error)}
              <Button size="compact-md" fz={13} variant="default" onClick={notes.reload}>
                Try again
              </Button>
            </div>
          )}
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
