import type { TicketStatus } from './types.js'

/**
 * Where a ticket may go from each status (D2). A closed one is done with: what comes after is a ticket of its own, so that
 * nobody finds new work under an old number.
 */
export const TICKET_MOVES: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ['pending', 'solved', 'closed'],
  pending: ['open', 'solved', 'closed'],
  solved: ['open', 'closed'],
  closed: [],
}
