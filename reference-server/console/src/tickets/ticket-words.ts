import type { Ticket, TicketStatus } from '@chatdesk/protocol'

/** Statuses in words, in the order of a ticket's life. */
export const TICKET_STATUS_NAMES: Record<TicketStatus, string> = {
  open: 'Open',
  pending: 'Pending',
  solved: 'Solved',
  closed: 'Closed',
}

/** What it is about; of one that was erased with its visitor no words are left. */
export function ticketTitle({ title }: Ticket): string {
  return title ?? 'Erased with its visitor'
}
