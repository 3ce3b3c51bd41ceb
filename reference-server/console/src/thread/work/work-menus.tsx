import type { Author } from '@chatdesk/protocol'
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { Clock, Ellipsis, UserRoundPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PickerOption } from '../../picker/filter-options.js'
import { Picker } from '../../picker/picker.js'
import { PickerPopover } from '../../picker/picker-popover.js'
import { Avatar } from '../../shell/avatar.js'
import { AssignPicker } from './assign-picker.js'
import { PriorityPicker } from './priority-picker.js'
import { SnoozePicker } from './snooze-picker.js'
import { TagsPicker } from './tags-picker.js'
import type { ConversationWork } from './use-conversation-work.js'
import styles from './work.module.css'

/** The pickers of a thread's header; of them one at most is open. */
export type WorkMenu = 'assign' | 'snooze' | 'priority' | 'tags' | 'more'

/** Options of `WorkMenus`. */
export interface WorkMenusProps {
  work: ConversationWork
  /** Who has the conversation. */
  agent: Author | null
  /** All that can be done, for the menu of the rest. */
  commands: readonly PickerOption[]
  menu: WorkMenu | null
  setMenu: (menu: WorkMenu | null) => void
}

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** Who has it, when it comes back, and a menu with the rest. */
export function WorkMenus({ work, agent, commands, menu, setMenu }: WorkMenusProps) {
  const close = () => setMenu(null)
  const toggle = (which: WorkMenu) => setMenu(menu === null ? which : null)
  const more: Partial<Record<WorkMenu, ReactNode>> = {
    priority: <PriorityPicker work={work} onDone={close} />,
    tags: <TagsPicker work={work} />,
    more: <Picker key="more" label="More" placeholder="Do something…" options={commands} />,
  }
  return (
    <>
      <PickerPopover
        label="Assign"
        opened={menu === 'assign'}
        onClose={close}
        target={
          <UnstyledButton
            className={styles.assignee ?? ''}
            onClick={() => toggle('assign')}
            title={agent?.name}
            aria-label={agent ? `Assigned to ${agent.name ?? 'an agent'}` : 'Assign'}
          >
            {agent ? (
              <Avatar id={agent.id ?? ''} name={agent.name ?? 'Agent'} size={22} />
            ) : (
              <UserRoundPlus size={16} strokeWidth={1.75} aria-hidden />
            )}
            <span dir="auto">{agent ? agent.name : 'Assign'}</span>
          </UnstyledButton>
        }
      >
        <AssignPicker work={work} agentId={agent?.id ?? null} onDone={close} />
      </PickerPopover>
      <PickerPopover
        label="Snooze"
        opened={menu === 'snooze'}
        onClose={close}
        target={
          <ActionIcon onClick={() => toggle('snooze')} aria-label="Snooze" className={styles.snooze ?? ''}>
            <Tooltip label="Snooze (S)" disabled={menu !== null}>
              <Clock {...ICON} />
            </Tooltip>
          </ActionIcon>
        }
      >
        <SnoozePicker work={work} onDone={close} />
      </PickerPopover>
      <PickerPopover
        label={menu === 'priority' ? 'Priority' : menu === 'tags' ? 'Tags' : 'More'}
        opened={menu !== null && menu in more}
        onClose={close}
        target={
          <ActionIcon onClick={() => toggle('more')} aria-label="More actions">
            <Ellipsis {...ICON} />
          </ActionIcon>
        }
      >
        {menu && more[menu]}
      </PickerPopover>
    </>
  )
}
