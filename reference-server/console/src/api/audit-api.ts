import type { AuditEntry } from '@chatdesk/protocol'
import { listAuditResponse, parseWith } from '@chatdesk/protocol/schemas'
import type { AdminCall } from './admin-call.js'
import { believed } from './read-member.js'

/** Newest first. `nextBefore` asks for the next page; null: this was the last one. */
export interface AuditPage {
  entries: AuditEntry[]
  nextBefore: number | null
}

/** What was done, and by whom. */
export interface AuditApi {
  page(before?: number): Promise<AuditPage>
}

export function createAuditApi(call: AdminCall): AuditApi {
  return {
    page: async (before) => {
      const query = before === undefined ? '' : `?before=${before}`
      return believed(parseWith(listAuditResponse, await call('GET', `chat-widget/audit${query}`)))
    },
  }
}
