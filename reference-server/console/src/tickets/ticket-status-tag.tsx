import type { TicketStatus } from '@chatdesk/protocol'
import { Tag } from '../admin/tag.js'
import { TICKET_STATUS_NAMES } from './ticket-words.js'

const TONES = { open: 'late', pending: 'quiet', solved: 'good', closed: 'quiet' } as const

/** Where a ticket stands. */
export function TicketStatusTag({ status }: { status: TicketStatus }) {
  return <Tag tone={TONES[status]}>{TICKET_STATUS_NAMES[status]}</Tag>
}
