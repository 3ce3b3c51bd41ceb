import type { MacroAction } from '@chatdesk/protocol'
import { PRIORITY_NAMES } from '../text/priority-names.js'

/** What ids in actions are called. */
export interface MacroNames {
  tags: readonly { id: string; name: string }[]
  members: readonly { id: string; name: string }[]
  departments: readonly { id: string; name: string }[]
}

/** Kinds of actions as a form calls them, in the order in which it offers them. */
export const ACTION_NAMES: Record<MacroAction['type'], string> = {
  reply: 'Say to the visitor',
  note: 'Write a note',
  assign: 'Assign',
  release: 'Send to the queue',
  priority: 'Set the priority',
  tag: 'Add a tag',
  untag: 'Take off a tag',
  snooze: 'Snooze',
  end: 'End the conversation',
}

/** For how long a macro may snooze, in minutes, and how one says it. */
export const SNOOZES: readonly { minutes: number; name: string }[] = [
  { minutes: 30, name: '30 minutes' },
  { minutes: 60, name: '1 hour' },
  { minutes: 240, name: '4 hours' },
  { minutes: 1440, name: '1 day' },
  { minutes: 4320, name: '3 days' },
  { minutes: 10_080, name: '1 week' },
]

/** What an action does, in words; what it names and is no more is said so. */
export function actionText(action: MacroAction, names: MacroNames): string {
  const nameIn = (list: MacroNames['tags'], id: string) =>
    list.find((entry) => entry.id === id)?.name ?? 'one that is gone'
  switch (action.type) {
    case 'reply':
      return `Say “${action.text}”`
    case 'note':
      return `Note “${action.text}”`
    case 'assign':
      return action.agentId === 'me'
        ? 'Assign to whoever runs it'
        : `Assign to ${nameIn(names.members, action.agentId)}`
    case 'release':
      return action.departmentId === null
        ? 'Send to the queue'
        : `Send to the queue of ${nameIn(names.departments, action.departmentId)}`
    case 'priority':
      return `Set the priority: ${PRIORITY_NAMES[action.priority]}`
    case 'tag':
      return `Add the tag ${nameIn(names.tags, action.tagId)}`
    case 'untag':
      return `Take off the tag ${nameIn(names.tags, action.tagId)}`
    case 'snooze':
      return `Snooze for ${snoozeText(action.minutes)}`
    case 'end':
      return 'End the conversation'
  }
}

function snoozeText(minutes: number): string {
  return SNOOZES.find((snooze) => snooze.minutes === minutes)?.name ?? `${minutes.toLocaleString('en')} minutes`
}
