import type { ConversationSummary } from '@chatdesk/protocol'
import { AtSign, CircleCheck } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import { Avatar } from '../shell/avatar.js'
import { fullTime, listTime, shortDuration } from '../text/format-time.js'
import styles from './inbox.module.css'
import { RowBadges } from './row-badges.js'
import { waitingTime } from './waiting-time.js'

/** Options of `InboxRow`. `now` in milliseconds since the epoch. */
export interface InboxRowProps {
  row: ConversationSummary
  /** It is the one that is open. */
  current: boolean
  selfId: string
  /** A note names the member, who has not looked since. */
  mentioned: boolean
  tagNames: ReadonlyMap<string, string>
  /** Whether it is selected, with others; undefined: nothing can be. */
  checked: boolean | undefined
  /** `range`: with all between this one and the one before. */
  onToggle: (id: string, range: boolean) => void
  now: number
}

/** Who and when; last words and state. */
export const InboxRow = memo(function InboxRow({
  row,
  current,
  selfId,
  mentioned,
  tagNames,
  checked,
  onToggle,
  now,
}: InboxRowProps) {
  const at = row.lastMessage?.createdAt ?? row.updatedAt
  return (
    <li className={styles.item} data-checked={checked || undefined}>
      <Link
        href={`/conversations/${row.id}`}
        className={styles.row}
        aria-current={current ? 'page' : undefined}
        data-id={row.id}
        data-unread={row.unread > 0 || mentioned || undefined}
      >
        <Avatar id={row.visitor.id} name={row.visitor.name} size={36} />
        <span className={styles.line}>
          <span className={styles.name}>
            <bdi>{row.visitor.name}</bdi>
          </span>
          <time className={styles.time} dateTime={at} title={fullTime(at)}>
            {listTime(at, now)}
          </time>
        </span>
        <span className={styles.line}>
          <span className={styles.words}>
            <bdi>{lastWords(row, selfId)}</bdi>
          </span>
          <StateBadge row={row} now={now} />
          {mentioned && (
            <span className={styles.mention} title="A note names you">
              <AtSign size={12} strokeWidth={2.25} aria-hidden />
              <span className={styles.hidden}>A note names you</span>
            </span>
          )}
          {row.unread > 0 && (
            <span className={styles.unread}>
              {row.unread > 99 ? '99+' : row.unread}
              <span className={styles.hidden}> unread</span>
            </span>
          )}
        </span>
        <RowBadges row={row} tagNames={tagNames} now={now} />
      </Link>
      {checked !== undefined && (
        <input
          type="checkbox"
          className={styles.check}
          checked={checked}
          aria-label={`Select ${row.visitor.name}`}
          onChange={(event) => onToggle(row.id, (event.nativeEvent as MouseEvent).shiftKey === true)}
        />
      )}
    </li>
  )
})

function lastWords({ lastMessage }: ConversationSummary, selfId: string): string {
  if (!lastMessage) return 'Nothing written yet'
  const { author, text } = lastMessage
  if (author.kind === 'visitor') return text
  return `${author.id === selfId ? 'You' : (author.name ?? 'Team')}: ${text}`
}

function StateBadge({ row, now }: { row: ConversationSummary; now: number }) {
  if (row.status === 'resolved') {
    return (
      <span className={styles.resolved}>
        <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
        <span className={styles.hidden}>Resolved</span>
      </span>
    )
  }
  const waiting = waitingTime(row.waitingSince, now)
  return (
    <>
      {waiting && (
        <span className={styles.waiting} data-urgency={waiting.urgency}>
          <span className={styles.hidden}>Waiting </span>
          {shortDuration(waiting.ms)}
        </span>
      )}
      {row.agent && (
        <span className={styles.agent} title={`Assigned to ${row.agent.name ?? 'an agent'}`}>
          <Avatar id={row.agent.id ?? ''} name={row.agent.name ?? 'Agent'} size={22} />
          <span className={styles.hidden}>Assigned to {row.agent.name ?? 'an agent'}</span>
        </span>
      )}
    </>
  )
}
