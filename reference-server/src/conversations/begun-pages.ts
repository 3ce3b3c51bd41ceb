import { ChatError, type ConversationSummary } from '@chatdesk/protocol'
import { serverId } from '@chatdesk/protocol/schemas'
import { type SummaryRow, summaryOf } from './inbox.js'

/** A page of conversations, those that began last first. */
export interface BegunPage {
  conversations: ConversationSummary[]
  nextCursor: string | null
}

/** Makes a page of `limit` rows; one row more says that another page follows. */
export function pageByBegin(rows: readonly SummaryRow[], limit: number): BegunPage {
  const sorted = [...rows].sort((a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1))
  const page = sorted.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? `${last.created_at.getTime()}.${last.id}` : null
  return { conversations: page.map(summaryOf), nextCursor }
}

/** Where a page ended; throws for what is no cursor of `pageByBegin`. */
export function decodeBegun(cursor: string): { createdAt: Date; id: string } {
  const [, digits, id] = /^(\d{1,15})\.(.{36})$/.exec(cursor) ?? []
  const createdAt = new Date(Number(digits))
  if (!serverId.safeParse(id).success || id === undefined || Number.isNaN(createdAt.getTime()))
    throw new ChatError('VALIDATION_FAILED', 'Not a cursor of this list.', { field: 'cursor' })
  return { createdAt, id }
}
