import type { ChangeView, MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author, Note, PaymentPart } from '@chatdesk/protocol'
import { dayOf } from '../text/format-time.js'

/** Messages of one author within a minute of each other, drawn as one block. */
export interface MessageGroup {
  type: 'group'
  key: string
  own: boolean
  author: Author
  messages: readonly [MessageView, ...MessageView[]]
}

/** What members say among themselves. */
export interface NoteRow {
  type: 'note'
  key: string
  note: Note
}

/** How a payment stood once, or stands. */
export interface PaymentEntry {
  type: 'payment'
  key: string
  message: MessageView
  part: PaymentPart
  /** Nothing newer of it is in the timeline (M1). */
  newest: boolean
}

/** What a thread draws, from top to bottom. */
export type TimelineRow = { type: 'day'; key: string; at: string } | MessageGroup | ChangeView | NoteRow | PaymentEntry

const GROUP_GAP_MS = 60_000

/** Puts days and notes between, and groups what was said in one breath. `hasOlder`: the log begins before the timeline. */
export function timelineRows(
  timeline: readonly TimelineEntry[],
  notes: readonly Note[] = [],
  hasOlder = false,
): TimelineRow[] {
  const rows: TimelineRow[] = []
  const newest = newestVersions(timeline)
  let day = ''
  for (const entry of withNotes(timeline, notes, hasOlder)) {
    const at = momentOf(entry)
    if (dayOf(at) !== day) {
      day = dayOf(at)
      rows.push({ type: 'day', key: `day ${day} ${entry.key}`, at })
    }
    const last = rows.at(-1)
    const part = entry.type === 'message' ? paymentOf(entry) : undefined
    if (entry.type !== 'message') rows.push(entry)
    else if (part) {
      const { key } = entry
      rows.push({ type: 'payment', key, message: entry, part, newest: newest.get(part.intentId) === part.version })
    } else if (last?.type === 'group' && continues(last, entry))
      rows[rows.length - 1] = { ...last, messages: [...last.messages, entry] }
    else rows.push({ type: 'group', key: entry.key, own: entry.own, author: entry.author, messages: [entry] })
  }
  return rows
}

/** Only the server says how a payment stands (M1). */
function paymentOf({ author, parts }: MessageView): PaymentPart | undefined {
  return author.kind === 'system' ? parts.find((part) => part.type === 'payment') : undefined
}

/** By payment, the newest version that the timeline tells of. */
function newestVersions(timeline: readonly TimelineEntry[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const entry of timeline) {
    const part = entry.type === 'message' ? paymentOf(entry) : undefined
    if (part) newest.set(part.intentId, Math.max(part.version, newest.get(part.intentId) ?? 0))
  }
  return newest
}

/** Each note behind the event that it was written after; those that belong to events which are not loaded wait for them. */
function withNotes(
  timeline: readonly TimelineEntry[],
  notes: readonly Note[],
  hasOlder: boolean,
): (TimelineEntry | NoteRow)[] {
  const firstSeq = timeline.find(({ seq }) => seq !== undefined)?.seq ?? 0
  const waiting = notes.filter(({ afterSeq }) => !hasOlder || afterSeq >= firstSeq)
  const woven: (TimelineEntry | NoteRow)[] = []
  let next = 0
  function putBefore(seq: number): void {
    for (let note = waiting[next]; note && note.afterSeq < seq; note = waiting[next]) {
      woven.push({ type: 'note', key: `note ${note.id}`, note })
      next += 1
    }
  }
  for (const entry of timeline) {
    // What is on its way comes behind all that stands.
    putBefore(entry.seq ?? Number.POSITIVE_INFINITY)
    woven.push(entry)
  }
  putBefore(Number.POSITIVE_INFINITY)
  return woven
}

function momentOf(entry: TimelineEntry | NoteRow): string {
  if (entry.type === 'message') return entry.createdAt
  return entry.type === 'note' ? entry.note.createdAt : entry.change.createdAt
}

function continues(group: MessageGroup, message: MessageView): boolean {
  const previous = group.messages.at(-1) ?? group.messages[0]
  return (
    group.author.kind === message.author.kind &&
    group.author.id === message.author.id &&
    Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_GAP_MS
  )
}
