import type { MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author, ConversationChange } from '@chatdesk/protocol'

/** Messages of one author in one minute: they share an avatar and a time. */
export interface MessageGroup {
  kind: 'group'
  key: string
  author: Author
  own: boolean
  /** Of the first message. */
  createdAt: string
  messages: readonly MessageView[]
}

/** What stands in the thread, from top to bottom. */
export type ThreadRow =
  | { kind: 'day'; key: string; day: Date }
  | { kind: 'new'; key: string }
  | { kind: 'change'; key: string; change: ConversationChange; before: ConversationChange | undefined }
  | MessageGroup

/** Messages of a group at most: what is drawn only while it is in view is drawn by rows. */
const MANY = 12

/** Up to the minute. Every moment of the protocol is written alike. */
const minuteOf = (moment: string): string => moment.slice(0, 16)

/**
 * Groups a timeline by day, author and minute.
 *
 * @param newFrom key of the first message that the reader has not seen; a divider stands before it.
 * @param change the last one before these entries.
 */
export function threadRows(
  entries: readonly TimelineEntry[],
  newFrom: string | null,
  change?: ConversationChange,
): ThreadRow[] {
  const rows: ThreadRow[] = []
  // Of the day, as moments are written: thousands of them are compared sooner than read.
  let from = ''
  let until = ''
  let group: (MessageGroup & { messages: MessageView[] }) | undefined

  for (const entry of entries) {
    const createdAt = entry.type === 'message' ? entry.createdAt : entry.change.createdAt
    if (createdAt < from || createdAt >= until) {
      const day = new Date(createdAt)
      group = undefined
      rows.push({ kind: 'day', key: `day ${entry.key}`, day })
      const edge = new Date(day)
      edge.setHours(0, 0, 0, 0)
      from = edge.toISOString()
      edge.setHours(24)
      until = edge.toISOString()
    }
    if (entry.key === newFrom) {
      group = undefined
      rows.push({ kind: 'new', key: 'new' })
    }
    if (entry.type === 'change') {
      group = undefined
      rows.push({ kind: 'change', key: entry.key, change: entry.change, before: change })
      change = entry.change
      continue
    }
    const { author, own } = entry
    if (
      group &&
      group.messages.length < MANY &&
      group.own === own &&
      group.author.kind === author.kind &&
      group.author.id === author.id &&
      minuteOf(group.createdAt) === minuteOf(createdAt)
    ) {
      group.messages.push(entry)
      continue
    }
    group = { kind: 'group', key: entry.key, author, own, createdAt, messages: [entry] }
    rows.push(group)
  }
  return rows
}
