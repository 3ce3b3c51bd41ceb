import type { ConversationSummary } from '@chatdesk/protocol'

/** Unread messages of visitors in everything that is not resolved. */
export function unreadTotal(rows: readonly ConversationSummary[]): number {
  return rows.reduce((total, row) => total + (row.status === 'resolved' ? 0 : row.unread), 0)
}
