import type { Author, ConversationStatus } from '@chatdesk/protocol'
import { Check, Clock, Inbox, RotateCcw, Tag, UserCheck, UsersRound } from 'lucide-react'
import type { PickerOption } from '../../picker/filter-options.js'
import { PriorityIcon } from './priority-icon.js'
import type { ConversationWork } from './use-conversation-work.js'
import type { WorkMenu } from './work-menus.js'

/** What the commands are made of. */
interface WorkCommandsInput {
  work: ConversationWork
  selfId: string
  status: ConversationStatus
  /** Who has the conversation. */
  agent: Author | null
  openMenu: (menu: WorkMenu) => void
  onEnd: () => void
}

const ICON = { size: 16, strokeWidth: 1.75 } as const

/** What can be done with a conversation as it stands; nothing for those who only read. */
export function workCommands({ work, selfId, status, agent, openMenu, onEnd }: WorkCommandsInput): PickerOption[] {
  if (!work.allowed) return []
  const group = 'Conversation'
  const resolved = status === 'resolved'
  return [
    ...(agent?.id === selfId && !resolved
      ? []
      : [
          {
            ...{ id: 'assign-me', group, label: 'Assign to me', shortcut: 'A', keywords: 'take' },
            icon: <UserCheck {...ICON} />,
            run: () => work.assign(selfId),
          },
        ]),
    {
      ...{ id: 'assign', group, label: 'Assign or transfer…', shortcut: 'T', keywords: 'colleague queue department' },
      icon: <UsersRound {...ICON} />,
      run: () => openMenu('assign'),
    },
    ...(status === 'assigned'
      ? [
          {
            ...{ id: 'release', group, label: 'Back to the queue', keywords: 'release' },
            icon: <Inbox {...ICON} />,
            run: () => work.release(),
          },
        ]
      : []),
    {
      ...{ id: 'snooze', group, label: 'Snooze…', shortcut: 'S', keywords: 'later remind wake' },
      icon: <Clock {...ICON} />,
      run: () => openMenu('snooze'),
    },
    {
      ...{ id: 'priority', group, label: 'Priority…', shortcut: 'P', keywords: 'urgent high low' },
      icon: <PriorityIcon priority={work.row?.priority ?? 'normal'} />,
      run: () => openMenu('priority'),
    },
    {
      ...{ id: 'tags', group, label: 'Tags…', shortcut: 'L', keywords: 'label' },
      icon: <Tag {...ICON} />,
      run: () => openMenu('tags'),
    },
    resolved
      ? {
          ...{ id: 'reopen', group, label: 'Reopen the conversation', shortcut: 'O' },
          icon: <RotateCcw {...ICON} />,
          run: () => work.reopen(),
        }
      : {
          ...{ id: 'end', group, label: 'End the conversation', shortcut: 'E', keywords: 'resolve close done' },
          icon: <Check {...ICON} />,
          run: onEnd,
        },
  ]
}
