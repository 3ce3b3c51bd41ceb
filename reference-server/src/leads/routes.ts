import { listLeadsQuery, listLeadsResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { listLeads } from './leads.js'

const PAGE = 50

/** `/api/chat-widget/leads`: who has left a way to be reached. */
export function leadRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/leads',
      action: 'lead.list',
      query: listLeadsQuery,
      answer: listLeadsResponse,
      run: async ({ actor: { organizationId }, query: { limit = PAGE, cursor } }) =>
        listLeads(database.of(organizationId), { organizationId, limit, cursor }),
    }),
  ])
}
