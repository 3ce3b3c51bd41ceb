import { isSnoozed } from '@chatdesk/core/agent'
import type { ConversationSummary } from '@chatdesk/protocol'
import { ChevronsDown, ChevronsUp, Clock, Flame } from 'lucide-react'
import { fullTime } from '../text/format-time.js'
import { PRIORITY_NAMES } from '../text/priority-names.js'
import styles from './inbox.module.css'

const ICON = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const
/** More would not stand in a line. */
const SHOWN_TAGS = 2

const PRIORITIES = {
  urgent: { icon: Flame, words: PRIORITY_NAMES.urgent },
  high: { icon: ChevronsUp, words: `${PRIORITY_NAMES.high} priority` },
  low: { icon: ChevronsDown, words: `${PRIORITY_NAMES.low} priority` },
} as const

/** Options of `RowBadges`. `now` in milliseconds since the epoch. */
export interface RowBadgesProps {
  row: ConversationSummary
  tagNames: ReadonlyMap<string, string>
  now: number
}

/** What the team has said of a conversation: priority, snoozing, tags. Nothing where it has not. */
export function RowBadges({ row, tagNames, now }: RowBadgesProps) {
  const priority = row.priority === 'normal' ? undefined : PRIORITIES[row.priority]
  const snoozed = row.snoozedUntil !== null && isSnoozed(row, now) ? row.snoozedUntil : undefined
  const tags = row.tagIds.flatMap((id) => tagNames.get(id) ?? [])
  if (!priority && snoozed === undefined && tags.length === 0) return null
  const left = tags.length - SHOWN_TAGS
  return (
    <span className={styles.badges}>
      {priority && (
        <span className={styles.priority} data-priority={row.priority}>
          <priority.icon {...ICON} />
          {priority.words}
        </span>
      )}
      {snoozed !== undefined && (
        <span className={styles.snoozed} title={`Until ${fullTime(snoozed)}`}>
          <Clock {...ICON} />
          Snoozed
        </span>
      )}
      {tags.slice(0, SHOWN_TAGS).map((name) => (
        <span key={name} className={styles.tag} title={name}>
          {name}
        </span>
      ))}
      {left > 0 && (
        <span className={styles.tag} title={tags.slice(SHOWN_TAGS).join(', ')}>
          +{left}
        </span>
      )}
    </span>
  )
}
