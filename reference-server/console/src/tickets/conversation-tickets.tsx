import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { Link } from 'wouter'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { TicketStatusTag } from './ticket-status-tag.js'
import { ticketTitle } from './ticket-words.js'
import styles from './tickets.module.css'

/** More than a handful nobody reads here; the others are found among all tickets. */
const SHOWN = 5

/** Options of `ConversationTickets`. */
export interface ConversationTicketsProps {
  conversationId: string
  /** How many were made of it here: each is looked for. */
  made: number
  onMake: () => void
}

/** The newest tickets of a conversation, and the way to another one. */
export function ConversationTickets({ conversationId, made, onMake }: ConversationTicketsProps) {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(
    () => api.desk.tickets.list({ conversationId, limit: String(SHOWN) }),
    `${conversationId} ${made}`,
  )
  return (
    <section className={styles.slot} aria-label="Tickets">
      <div className={styles.slotHead}>
        <h3>Tickets</h3>
        {mayWrite(current) && (
          <Button
            variant="default"
            size="compact-sm"
            fz={13}
            leftSection={<Plus size={14} strokeWidth={2} aria-hidden />}
            onClick={onMake}
          >
            Make a ticket
          </Button>
        )}
      </div>
      <LoadView loaded={loaded}>
        {({ tickets }) =>
          tickets.length === 0 ? (
            <p className={styles.slotNone}>None of this conversation.</p>
          ) : (
            <ul className={styles.slotList}>
              {tickets.map((ticket) => (
                <li key={ticket.id}>
                  <Link href={`/tickets/${ticket.id}`} dir="auto" title={ticketTitle(ticket)}>
                    <span className={styles.number}>#{ticket.number}</span> {ticketTitle(ticket)}
                  </Link>
                  <TicketStatusTag status={ticket.status} />
                </li>
              ))}
            </ul>
          )
        }
      </LoadView>
    </section>
  )
}
