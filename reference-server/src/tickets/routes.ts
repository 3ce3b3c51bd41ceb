import {
  createTicketRequest,
  listTicketsQuery,
  listTicketsResponse,
  oneTicketResponse,
  updateTicketRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { listTickets, loadTicket } from './read-tickets.js'
import { createTicket, updateTicket } from './write-tickets.js'

const PAGE = 50

/** `/api/chat-widget/tickets`: what a team has to do for its visitors. */
export function supportTicketRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database, clock } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/tickets',
      action: 'ticket.list',
      query: listTicketsQuery,
      answer: listTicketsResponse,
      run: async ({ actor: { organizationId }, query: { limit = PAGE, ...filter } }) =>
        listTickets(database.of(organizationId), { ...filter, organizationId, limit }),
    }),
    memberRoute({
      method: 'post',
      path: '/tickets',
      action: 'ticket.create',
      body: createTicketRequest,
      answer: oneTicketResponse,
      status: 201,
      run: ({ actor, body }) => {
        const { organizationId } = actor
        const { id, title, description = '', priority = 'normal', assigneeId = null, conversationId = null } = body
        return database.transaction(organizationId, async (transaction) => ({
          ticket: await createTicket(transaction, {
            ...{ organizationId, id, title, description, priority, assigneeId, conversationId },
            ...{ createdBy: creatorOf(actor), source: 'manual', now: clock() },
          }),
        }))
      },
    }),
    memberRoute({
      method: 'get',
      path: '/tickets/:id',
      action: 'ticket.read',
      answer: oneTicketResponse,
      run: async ({ actor: { organizationId }, params }) => {
        const which = { organizationId, ticketId: parseId(params.id, 'ticket') }
        return { ticket: await loadTicket(database.of(organizationId), which) }
      },
    }),
    memberRoute({
      method: 'patch',
      path: '/tickets/:id',
      action: 'ticket.update',
      body: updateTicketRequest,
      answer: oneTicketResponse,
      run: ({ actor: { organizationId }, params, body }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, ticketId: parseId(params.id, 'ticket') }
          return { ticket: await updateTicket(transaction, which, body, clock()) }
        }),
    }),
  ])
}
