import type { ConversationSummary, InboxFilter, InboxView } from '@chatdesk/protocol'

/** Whose inbox it is, and when. */
export interface Onlooker {
  /** The member's id. */
  selfId: string
  /** Milliseconds since the epoch. */
  now: number
}

/** C18: out of everybody's way for now. */
export function isSnoozed({ snoozedUntil }: ConversationSummary, now: number): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > now
}

/** I3: whether a row stands in a view, narrowed by a filter. The server's query says the same. */
export function isInView(
  row: ConversationSummary,
  view: InboxView,
  filter: InboxFilter,
  { selfId, now }: Onlooker,
): boolean {
  if (filter.tagId !== undefined && !row.tagIds.includes(filter.tagId)) return false
  if (filter.departmentId !== undefined && row.departmentId !== filter.departmentId) return false
  if (filter.priority !== undefined && row.priority !== filter.priority) return false
  if (filter.agentId !== undefined && row.agent?.id !== filter.agentId) return false
  if (filter.widgetId !== undefined && row.widgetId !== filter.widgetId) return false
  if (row.status === 'resolved') return view === 'resolved'
  if (row.status === 'open' && view !== 'snoozed') return view === 'assistant' && !isSnoozed(row, now)
  switch (view) {
    case 'all':
      return true
    case 'assistant':
    case 'resolved':
      return false
    case 'snoozed':
      return isSnoozed(row, now)
    case 'mine':
      return row.agent?.id === selfId && !isSnoozed(row, now)
    case 'unassigned':
      return row.agent === null && !isSnoozed(row, now)
    case 'waiting':
      return row.status === 'waiting' && row.waitingSince !== null && !isSnoozed(row, now)
  }
}
