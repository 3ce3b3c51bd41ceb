import { LIMITS } from '@chatdesk/protocol'
import {
  conversationPageResponse,
  conversationVisitor,
  listConversationMessagesQuery,
  listEarlierConversationsQuery,
  listMessagesResponse,
  listWidgetConversationsQuery,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { loadHistory } from '../messages/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { loadConversationVisitor } from './conversation-visitor.js'
import { loadEarlierConversations } from './earlier-conversations.js'
import { loadWidgetConversations } from './widget-conversations.js'

const PAGE = 50
/** They stand beside a conversation, where there is little room. */
const EARLIER_PAGE = 10

/** `/api/chat-widget/widgets/:id/conversations` and `/conversations/:id/…`: what was said, without a live connection. */
export function conversationRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets/:id/conversations',
      action: 'conversation.read',
      query: listWidgetConversationsQuery,
      answer: conversationPageResponse,
      run: async ({ actor: { organizationId }, params, query: { limit = PAGE, ...filter } }) =>
        loadWidgetConversations(database.of(organizationId), {
          ...filter,
          organizationId,
          widgetId: parseId(params.id, 'widget'),
          limit,
        }),
    }),
    memberRoute({
      method: 'get',
      path: '/conversations/:id/visitor',
      action: 'conversation.read',
      answer: conversationVisitor,
      run: ({ actor: { organizationId }, params }) =>
        loadConversationVisitor(database, { organizationId, conversationId: parseId(params.id) }),
    }),
    memberRoute({
      method: 'get',
      path: '/conversations/:id/earlier',
      action: 'conversation.read',
      query: listEarlierConversationsQuery,
      answer: conversationPageResponse,
      run: ({ actor: { organizationId }, params, query: { limit = EARLIER_PAGE, cursor } }) =>
        loadEarlierConversations(database, { organizationId, conversationId: parseId(params.id), limit, cursor }),
    }),
    memberRoute({
      method: 'get',
      path: '/conversations/:id/messages',
      action: 'conversation.read',
      query: listConversationMessagesQuery,
      answer: listMessagesResponse,
      async run({ actor: { organizationId }, params, query: { before, after, limit = LIMITS.freshWindow } }) {
        const { events, reachedStart, headSeq } = await loadHistory(database, {
          organizationId,
          conversationId: parseId(params.id),
          ownerSessionId: null,
          beforeSeq: before,
          afterSeq: after,
          limit,
          messagesOnly: true,
        })
        const messages = events.filter((event) => event.type === 'message.created')
        return { messages, reachedStart, headSeq }
      },
    }),
  ])
}
