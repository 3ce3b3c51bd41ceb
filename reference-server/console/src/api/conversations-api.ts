import type { ConversationVisitor } from '@chatdesk/protocol'
import { conversationVisitor } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What is known of a conversation beside its log. */
export interface ConversationsApi {
  visitor(conversationId: string): Promise<ConversationVisitor>
}

export function createConversationsApi({ ask }: AdminCalls): ConversationsApi {
  return { visitor: (id) => ask(conversationVisitor, 'GET', `chat-widget/conversations/${id}/visitor`) }
}
