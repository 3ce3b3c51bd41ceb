import type { CopilotDraft, CopilotSummary } from '@chatdesk/protocol'
import { copilotDraftResponse, copilotSummaryResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What helps a member to answer. Neither call writes anything anywhere. */
export interface CopilotApi {
  /** A reply to what the visitor has asked last. */
  draft(conversationId: string): Promise<CopilotDraft>
  /** What was asked, answered and left open since the conversation was last over. */
  summarise(conversationId: string): Promise<CopilotSummary>
}

export function createCopilotApi({ ask }: AdminCalls): CopilotApi {
  const path = (conversationId: string) => `chat-widget/conversations/${conversationId}/copilot`
  return {
    draft: async (id) => (await ask(copilotDraftResponse, 'POST', `${path(id)}/draft`)).draft,
    summarise: async (id) => (await ask(copilotSummaryResponse, 'POST', `${path(id)}/summary`)).summary,
  }
}
