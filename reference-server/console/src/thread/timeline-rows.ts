import type { ChangeView, MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author } from '@chatdesk/protocol'
import { dayOf } from '../text/format-time.js'

/** Messages of one author within a minute of each other, drawn as one block. */
export interface MessageGroup {
  type: 'group'
  key: string
  own: boolean
  author: Author
  messages: readonly [MessageView, ...MessageView[]]
}

/** What a thread draws, from top to bottom. */
export type TimelineRow = { type: 'day'; key: string; at: string } | MessageGroup | ChangeView

const GROUP_GAP_MS = 60_000

/** Puts days between, and groups what was said in one breath. */
export function timelineRows(timeline: readonly TimelineEntry[]): TimelineRow[] {
  const rows: TimelineRow[] = []
  let day = ''
  for (const entry of timeline) {
    const at = entry.type === 'message' ? entry.createdAt : entry.change.createdAt
    if (dayOf(at) !== day) {
      day = dayOf(at)
      rows.push({ type: 'day', key: `day ${day} ${entry.key}`, at })
    }
    const last = rows.at(-1)
    if (entry.type === 'change') rows.push(entry)
    else if (last?.type === 'group' && continues(last, entry))
      rows[rows.length - 1] = { ...last, messages: [...last.messages, entry] }
    else rows.push({ type: 'group', key: entry.key, own: entry.own, author: entry.author, messages: [entry] })
  }
  return rows
}

function continues(group: MessageGroup, message: MessageView): boolean {
  const previous = group.messages.at(-1) ?? group.messages[0]
  return (
    group.author.kind === message.author.kind &&
    group.author.id === message.author.id &&
    Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_GAP_MS
  )
}
