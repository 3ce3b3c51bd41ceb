import type { ConversationSummary } from '@chatdesk/protocol'

/** Rows by conversation. */
export type InboxRows = ReadonlyMap<string, ConversationSummary>

/** I1: takes rows in; one with a version no higher than what is held is old. Gives back the same map if all are. */
export function mergeRows(rows: InboxRows, incoming: readonly ConversationSummary[]): InboxRows {
  const news = incoming.filter((row) => row.version > (rows.get(row.id)?.version ?? -1))
  return news.length === 0 ? rows : new Map([...rows, ...news.map((row) => [row.id, row] as const)])
}

/** Most recently changed first. */
export function sortRows(rows: InboxRows): readonly ConversationSummary[] {
  return [...rows.values()].sort((a, b) =>
    a.updatedAt === b.updatedAt ? (a.id < b.id ? -1 : 1) : a.updatedAt < b.updatedAt ? 1 : -1,
  )
}
