import { Button, CloseButton } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Clock } from 'lucide-react'
import { useConsole } from '../../client/console-services.js'
import { errorText } from '../../text/error-text.js'
import { fullTime, untilTime } from '../../text/format-time.js'
import { PRIORITY_NAMES } from '../../text/priority-names.js'
import { PriorityIcon } from './priority-icon.js'
import { TagList } from './tag-list.js'
import type { ConversationWork } from './use-conversation-work.js'
import styles from './work.module.css'

/** What is out of the ordinary about a conversation; nothing where all is as usual. */
export function WorkLine({ work }: { work: ConversationWork }) {
  const { $now } = useConsole()
  const now = useStore($now)
  const { row, refusal, allowed } = work
  const snoozedUntil = row?.snoozedUntil && Date.parse(row.snoozedUntil) > now ? row.snoozedUntil : null
  const isUsual = !row || (snoozedUntil === null && row.priority === 'normal' && row.tagIds.length === 0)
  return (
    <>
      {refusal && (
        <div className={styles.refusal} role="alert">
          <span>Not done. {errorText(refusal)}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={work.dismiss} />
        </div>
      )}
      {!isUsual && (
        <div className={styles.line}>
          {snoozedUntil && (
            <span className={styles.snoozed}>
              <Clock size={14} strokeWidth={2} aria-hidden />
              <time dateTime={snoozedUntil} title={fullTime(snoozedUntil)}>
                Snoozed until {untilTime(snoozedUntil, now)}
              </time>
              {allowed && (
                <Button size="compact-xs" fz={12} variant="subtle" onClick={() => work.snooze(null)}>
                  Wake
                </Button>
              )}
            </span>
          )}
          {row.priority !== 'normal' && (
            <span className={styles.level} data-priority={row.priority}>
              <PriorityIcon priority={row.priority} />
              {PRIORITY_NAMES[row.priority]}
            </span>
          )}
          <TagList tagIds={row.tagIds} />
        </div>
      )}
    </>
  )
}
