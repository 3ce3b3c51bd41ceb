import type { ConversationSummary } from '@chatdesk/protocol'
import { encodeCursor } from '../platform/page-cursor.js'
import { type SummaryRow, summaryOf } from './inbox.js'

/** A page of conversations, those that began last first. */
export interface BegunPage {
  conversations: ConversationSummary[]
  nextCursor: string | null
}

/** Makes a page of `limit` rows; one row more says that another page follows, from the cursor on. */
export function pageByBegin(rows: readonly SummaryRow[], limit: number): BegunPage {
  const sorted = [...rows].sort((a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1))
  const page = sorted.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.created_at, id: last.id }) : null
  return { conversations: page.map(summaryOf), nextCursor }
}
