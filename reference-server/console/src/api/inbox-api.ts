import type {
  BulkAction,
  ConversationSummary,
  InboxCounts,
  InboxFilter,
  InboxView,
  SearchResult,
} from '@chatdesk/protocol'
import {
  bulkResponse,
  countConversationsResponse,
  listConversationsResponse,
  searchResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** A page of a view; `cursor`: from the page before. */
export interface ViewRequest {
  view: InboxView
  filter: InboxFilter
  cursor: string | null
}

/** What a team looks through, and does to many at once. */
export interface InboxApi {
  page(request: ViewRequest): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }>
  counts(): Promise<InboxCounts>
  search(q: string, cursor: string | null): Promise<{ results: SearchResult[]; nextCursor: string | null }>
  /** Of each conversation `done`, `taken`, or the code of the refusal. */
  bulk(ids: readonly string[], action: BulkAction): Promise<{ id: string; outcome: string }[]>
}

export function createInboxApi({ ask }: AdminCalls): InboxApi {
  return {
    page: ({ view, filter, cursor }) =>
      ask(listConversationsResponse, 'GET', `chat-widget/conversations?${query({ view, ...filter, cursor })}`),
    counts: async () => (await ask(countConversationsResponse, 'GET', 'chat-widget/conversations/counts')).counts,
    search: (q, cursor) => ask(searchResponse, 'GET', `chat-widget/search?${query({ q, cursor })}`),
    bulk: async (ids, action) =>
      (await ask(bulkResponse, 'POST', 'chat-widget/conversations/bulk', { ids, action })).outcomes,
  }
}

function query(values: Record<string, string | null | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] != null)
  return new URLSearchParams(given).toString()
}
