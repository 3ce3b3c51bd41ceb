import {
  bulkRequest,
  bulkResponse,
  countConversationsResponse,
  listConversationsQuery,
  listConversationsResponse,
  searchQuery,
  searchResponse,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { countViews, loadView } from '../conversations/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { isAllowed } from '../organizations/policy.js'
import type { TeamWorkContext } from '../team-work/index.js'
import { changeMany } from './bulk.js'
import { search } from './search.js'

const PAGE = 50
const RESULTS = 20

/** `/api/chat-widget/conversations` and `/search`: what a team looks through, and does to many at once. */
export function inboxRoutes(context: TeamWorkContext & { gate: MemberGate }): Router {
  const { database, clock } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/conversations',
      action: 'conversation.list',
      query: listConversationsQuery,
      answer: listConversationsResponse,
      run: ({ actor: { organizationId, memberId }, query: { view = 'all', limit = PAGE, cursor, ...filter } }) =>
        loadView(database.of(organizationId), {
          ...{ organizationId, memberId, now: clock() },
          ...{ view, filter, limit, cursor },
        }),
    }),
    memberRoute({
      method: 'get',
      path: '/conversations/counts',
      action: 'conversation.list',
      answer: countConversationsResponse,
      run: async ({ actor: { organizationId, memberId } }) => ({
        counts: await countViews(database.of(organizationId), { organizationId, memberId, now: clock() }),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/bulk',
      action: 'conversation.update',
      body: bulkRequest,
      answer: bulkResponse,
      run: async ({ actor, body }) => ({ outcomes: await changeMany(context, actor, body) }),
    }),
    memberRoute({
      method: 'get',
      path: '/search',
      action: 'conversation.list',
      query: searchQuery,
      answer: searchResponse,
      run: ({ actor, query: { limit = RESULTS, ...query } }) =>
        search(database, {
          ...query,
          organizationId: actor.organizationId,
          notes: isAllowed(actor, 'note.list'),
          limit,
        }),
    }),
  ])
}
