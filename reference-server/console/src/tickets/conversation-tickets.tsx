import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Dialog } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { TicketForm } from './ticket-form.js'
import { TicketStatusTag } from './ticket-status-tag.js'
import { ticketTitle } from './ticket-words.js'
import styles from './tickets.module.css'

/** More than a handful nobody reads here; the others are found among all tickets. */
const SHOWN = 5

/** The newest tickets of a conversation, and the way to another one. */
export function ConversationTickets({ conversationId }: { conversationId: string }) {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(() => api.desk.tickets.list({ conversationId, limit: String(SHOWN) }), conversationId)
  const [making, setMaking] = useState(false)
  const close = () => setMaking(false)
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
            onClick={() => setMaking(true)}
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
      <Dialog opened={making} onClose={close} title="Make a ticket">
        <TicketForm
          conversationId={conversationId}
          onCancel={close}
          onDone={() => {
            close()
            loaded.reload()
          }}
        />
      </Dialog>
    </section>
  )
}
