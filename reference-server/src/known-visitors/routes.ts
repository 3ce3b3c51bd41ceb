import { ChatError } from '@chatdesk/protocol'
import {
  contactVisitorRequest,
  contactVisitorResponse,
  listVisitorsQuery,
  listVisitorsResponse,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { loadSummaries } from '../conversations/index.js'
import { parseId } from '../http/input.js'
import { authorize, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { type ContactVisitorContext, contactVisitor } from './contact-visitor.js'
import { listVisitors } from './list-visitors.js'

const PAGE = 50

/** `/api/chat-widget/visitors`: whom the team knows, and how it begins a conversation with one of them. */
export function knownVisitorRoutes(context: ContactVisitorContext & { gate: MemberGate }): Router {
  const { database, clock } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/visitors',
      action: 'visitor.list',
      query: listVisitorsQuery,
      answer: listVisitorsResponse,
      run: ({ actor: { organizationId }, query: { limit = PAGE, ...which } }) =>
        listVisitors(database.of(organizationId), { ...which, organizationId, limit, now: clock() }),
    }),
    memberRoute({
      method: 'post',
      path: '/visitors/:id/conversations',
      action: 'visitor.contact',
      body: contactVisitorRequest,
      answer: contactVisitorResponse,
      status: 201,
      async run({ actor, params, body }) {
        const { organizationId } = actor
        // A token with the scope of visitors alone says nothing in its member's name.
        authorize(actor, 'message.send')
        const conversationId = await contactVisitor(context, actor, {
          ...body,
          visitorId: parseId(params.id, 'visitor'),
        })
        const [conversation] = await loadSummaries(database, organizationId, [conversationId])
        if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
        return { conversation }
      },
    }),
  ])
}
