import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { PickerPopover } from '../picker/picker-popover.js'
import { PRIORITY_NAMES } from '../text/priority-names.js'
import { PriorityIcon } from '../thread/work/priority-icon.js'
import { PriorityPicker } from '../thread/work/priority-picker.js'
import { TagList } from '../thread/work/tag-list.js'
import { TagsPicker } from '../thread/work/tags-picker.js'
import type { ConversationWork } from '../thread/work/use-conversation-work.js'
import styles from './context-panel.module.css'

/** How the team has sorted a conversation, changed where it stands by those who may. */
export function WorkFacts({ work }: { work: ConversationWork }) {
  const [open, setOpen] = useState<'priority' | 'tags' | null>(null)
  const { row, allowed } = work
  if (!row) return null
  const close = () => setOpen(null)
  const priority = (
    <span className={styles.level}>
      <PriorityIcon priority={row.priority} />
      {PRIORITY_NAMES[row.priority]}
    </span>
  )
  const tags = row.tagIds.length > 0 ? <TagList tagIds={row.tagIds} /> : null
  return (
    <>
      <dt>Priority</dt>
      <dd>
        {allowed ? (
          <PickerPopover
            label="Priority"
            opened={open === 'priority'}
            onClose={close}
            target={
              <UnstyledButton
                className={styles.change ?? ''}
                aria-label={`Priority: ${PRIORITY_NAMES[row.priority]}`}
                onClick={() => setOpen('priority')}
              >
                {priority}
              </UnstyledButton>
            }
          >
            <PriorityPicker work={work} onDone={close} />
          </PickerPopover>
        ) : (
          priority
        )}
      </dd>
      {(allowed || tags) && (
        <>
          <dt>Tags</dt>
          <dd className={styles.tagFact}>
            {tags}
            {allowed && (
              <PickerPopover
                label="Tags"
                opened={open === 'tags'}
                onClose={close}
                target={
                  <UnstyledButton className={styles.change ?? ''} onClick={() => setOpen('tags')}>
                    {tags ? 'Change' : 'Add a tag'}
                    {tags && <span className="chatdesk-hidden"> the tags</span>}
                  </UnstyledButton>
                }
              >
                <TagsPicker work={work} />
              </PickerPopover>
            )}
          </dd>
        </>
      )}
    </>
  )
}
