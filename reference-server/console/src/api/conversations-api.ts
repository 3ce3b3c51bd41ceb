import type { ConversationSummary, ConversationVisitor } from '@chatdesk/protocol'
import { conversationPageResponse, conversationVisitor } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** A page of conversations, and where the next one begins; null at the end. */
export interface EarlierPage {
  conversations: ConversationSummary[]
  nextCursor: string | null
}

/** What is known of a conversation beside its log. */
export interface ConversationsApi {
  visitor(conversationId: string): Promise<ConversationVisitor>
  /** What its visitor began before it, the latest first. */
  earlier(conversationId: string, cursor?: string): Promise<EarlierPage>
}

export function createConversationsApi({ ask }: AdminCalls): ConversationsApi {
  return {
    visitor: (id) => ask(conversationVisitor, 'GET', `chat-widget/conversations/${id}/visitor`),
    earlier: (id, cursor) =>
      ask(
        conversationPageResponse,
        'GET',
        `chat-widget/conversations/${id}/earlier${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
      ),
  }
}
