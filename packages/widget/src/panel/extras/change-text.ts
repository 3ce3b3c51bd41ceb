import type { ConversationChange } from '@chatdesk/protocol'

/** A change, and the one before it. */
export interface ChangeRow {
  change: ConversationChange
  before: ConversationChange | undefined
}

/** What a change means to a reader; the key of its text. */
export type ChangeText = {
  key: 'changeAssigned' | 'changeLeft' | 'changeWaiting' | 'changeReopened' | 'changeResolved'
  name: string
}

/** What is worth telling of a change; undefined when nothing is. */
export function changeText({ change, before }: ChangeRow): ChangeText | undefined {
  const name = change.agent?.name ?? ''
  if (change.status === 'resolved') return { key: 'changeResolved', name }
  if (before?.status === 'resolved') return { key: 'changeReopened', name }
  if (change.status === 'assigned') {
    return before?.agent?.id === change.agent?.id && before !== undefined ? undefined : { key: 'changeAssigned', name }
  }
  if (change.status !== 'waiting' || !before) return undefined
  return before.agent ? { key: 'changeLeft', name: before.agent.name ?? '' } : { key: 'changeWaiting', name }
}
