import type { ListTicketsQuery, Ticket, TicketStatus } from '@chatdesk/protocol'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Plus, Search, Ticket as TicketIcon } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { PRIORITY_NAMES } from '../text/priority-names.js'
import { TicketForm } from './ticket-form.js'
import { TicketStatusTag } from './ticket-status-tag.js'
import { TICKET_STATUS_NAMES, ticketTitle } from './ticket-words.js'
import styles from './tickets.module.css'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What the team has to do for its visitors. */
export function TicketsPage() {
  const { admin: api, current } = useConsole()
  const [, navigate] = useLocation()
  const [filter, setFilter] = useState<ListTicketsQuery>({ status: 'open' })
  const [making, setMaking] = useState(false)
  const more = useAction()
  const loaded = useLoaded(() => api.desk.tickets.list(filter), JSON.stringify(filter))
  const isNarrowed = Object.values(filter).some((value) => value !== undefined && value !== '')
  const close = () => setMaking(false)
  return (
    <AdminPage
      title="Tickets"
      lead="What the team has to do for its visitors, beyond a conversation."
      action={
        mayWrite(current) && (
          <Button leftSection={<Plus {...ICON} />} onClick={() => setMaking(true)}>
            Make a ticket
          </Button>
        )
      }
    >
      <Filters filter={filter} onChange={setFilter} memberId={current.member.id} />
      <LoadView loaded={loaded}>
        {({ tickets, nextCursor }) =>
          tickets.length === 0 ? (
            <EmptyNotice
              icon={TicketIcon}
              title={isNarrowed ? 'Nothing here' : 'No tickets yet'}
              text={
                isNarrowed
                  ? 'No ticket is like this. Look at another status, or at all of them.'
                  : 'Make one from a conversation when there is something left to do after it.'
              }
            />
          ) : (
            <>
              <TicketTable tickets={tickets} />
              <ErrorLine error={more.error} />
              {nextCursor !== null && (
                <div className={admin.row}>
                  <Button
                    variant="default"
                    loading={more.busy}
                    onClick={() =>
                      more.run(async () => {
                        const next = await api.desk.tickets.list({ ...filter, cursor: nextCursor })
                        loaded.set({ ...next, tickets: [...tickets, ...next.tickets] })
                      })
                    }
                  >
                    Show older ones
                  </Button>
                </div>
              )}
            </>
          )
        }
      </LoadView>
      <Dialog opened={making} onClose={close} title="Make a ticket">
        <TicketForm conversationId={null} onCancel={close} onDone={({ id }) => navigate(`/tickets/${id}`)} />
      </Dialog>
    </AdminPage>
  )
}

/** Options of `Filters`. */
interface FiltersProps {
  filter: ListTicketsQuery
  onChange: (filter: ListTicketsQuery) => void
  memberId: string
}

function Filters({ filter, onChange, memberId }: FiltersProps) {
  const statuses = Object.entries(TICKET_STATUS_NAMES).map(([value, label]) => ({ value, label }))
  const [words, setWords] = useState('')
  return (
    <search className={styles.filters}>
      <NativeSelect
        label="Status"
        data={[{ value: '', label: 'All' }, ...statuses]}
        value={filter.status ?? ''}
        onChange={(event) =>
          onChange({ ...filter, status: (event.currentTarget.value || undefined) as TicketStatus | undefined })
        }
      />
      <NativeSelect
        label="Who works on it"
        data={[
          { value: '', label: 'Anybody' },
          { value: memberId, label: 'Me' },
          { value: 'none', label: 'Nobody yet' },
        ]}
        value={filter.assigneeId ?? ''}
        onChange={(event) => onChange({ ...filter, assigneeId: event.currentTarget.value || undefined })}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onChange({ ...filter, q: words.trim() })
        }}
      >
        <TextInput
          label="Find"
          placeholder="Number or title"
          description={undefined}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            if (event.currentTarget.value === '') onChange({ ...filter, q: '' })
          }}
          maxLength={100}
          leftSection={<Search {...ICON} />}
        />
      </form>
    </search>
  )
}

function TicketTable({ tickets }: { tickets: readonly Ticket[] }) {
  return (
    <DataTable
      label="Tickets"
      rows={tickets}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'Ticket',
          cell: (ticket) => (
            <span className={admin.cellTitle}>
              <Link
                href={`/tickets/${ticket.id}`}
                className={`${styles.link} ${ticket.title === null ? styles.erased : ''}`}
                dir="auto"
              >
                {ticketTitle(ticket)}
              </Link>
              <span>
                <span className={styles.number}>#{ticket.number}</span>
                {ticket.visitorName !== null && (
                  <>
                    {' · '}
                    <bdi>{ticket.visitorName}</bdi>
                  </>
                )}
              </span>
            </span>
          ),
        },
        { title: 'Status', cell: ({ status }) => <TicketStatusTag status={status} /> },
        { title: 'Priority', from: 'tablet', cell: ({ priority }) => PRIORITY_NAMES[priority] },
        {
          title: 'Who works on it',
          from: 'tablet',
          cell: ({ assignee }) => <bdi>{assignee?.name ?? 'Nobody yet'}</bdi>,
        },
        { title: 'Changed', from: 'desktop', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
      ]}
    />
  )
}
