import type { ConversationSummary } from '@chatdesk/protocol'

/** The tabs over the list, in their order. */
export const INBOX_FILTERS = ['open', 'mine', 'resolved'] as const

/** `open`: everything that is not resolved · `mine`: of these, the ones assigned to oneself · `resolved`: done. */
export type InboxFilter = (typeof INBOX_FILTERS)[number]

/** Whether a row stands under a tab. `selfId` is the member's id. */
export function matchesFilter(row: ConversationSummary, filter: InboxFilter, selfId: string): boolean {
  if (filter === 'resolved') return row.status === 'resolved'
  return row.status !== 'resolved' && (filter === 'open' || row.agent?.id === selfId)
}

/** Unread messages of visitors in everything that is not resolved. */
export function unreadTotal(rows: readonly ConversationSummary[]): number {
  return rows.reduce((total, row) => total + (row.status === 'resolved' ? 0 : row.unread), 0)
}
