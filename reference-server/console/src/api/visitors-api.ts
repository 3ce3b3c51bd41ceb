import type { ConversationSummary, KnownVisitor } from '@chatdesk/protocol'
import { contactVisitorResponse, listVisitorsResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Some of the visitors, and where the others begin. */
export interface VisitorsPage {
  visitors: KnownVisitor[]
  nextCursor: string | null
}

/** Whom the widgets have met. */
export interface VisitorsApi {
  /** Who was seen last first; `q`: a part of a name or an e-mail address. A page may be empty, and another follow. */
  page(q: string, cursor?: string): Promise<VisitorsPage>
  /** Begins a conversation; the same `clientConversationId` again is the same one. */
  contact(id: string, input: { clientConversationId: string; text: string }): Promise<ConversationSummary>
}

export function createVisitorsApi({ ask }: AdminCalls): VisitorsApi {
  return {
    page(q, cursor) {
      const query = new URLSearchParams({ ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) })
      return ask(listVisitorsResponse, 'GET', `chat-widget/visitors?${query}`)
    },
    contact: async (id, input) =>
      (await ask(contactVisitorResponse, 'POST', `chat-widget/visitors/${id}/conversations`, input)).conversation,
  }
}
