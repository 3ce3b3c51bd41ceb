import type { ListAuditResponse } from '@chatdesk/protocol'
import { listAuditResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What was done, and by whom. */
export interface AuditApi {
  /** Newest first. `nextBefore` asks for the next page; null: this was the last one. */
  page(before?: number): Promise<ListAuditResponse>
}

export function createAuditApi({ ask }: AdminCalls): AuditApi {
  return {
    page: (before) =>
      ask(listAuditResponse, 'GET', `chat-widget/audit${before === undefined ? '' : `?before=${before}`}`),
  }
}
