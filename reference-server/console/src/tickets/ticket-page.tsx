import {
  type Priority,
  TICKET_MOVES,
  type Ticket,
  type TicketStatus,
  type UpdateTicketRequest,
} from '@chatdesk/protocol'
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { ArrowLeft, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { type Action, useAction } from '../admin/use-action.js'
import { type Loaded, useLoaded } from '../admin/use-loaded.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { answersVisitors } from '../team/answers-visitors.js'
import { fullTime } from '../text/format-time.js'
import { PRIORITY_CHOICES, PRIORITY_NAMES } from '../text/priority-names.js'
import { TicketStatusTag } from './ticket-status-tag.js'
import { ticketTitle } from './ticket-words.js'
import styles from './tickets.module.css'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
/** What one does to get a ticket there. */
const MOVE_NAMES: Record<TicketStatus, string> = {
  open: 'Reopen',
  pending: 'Wait for somebody',
  solved: 'Solve',
  closed: 'Close for good',
}

/** One ticket. */
export function TicketPage({ id }: { id: string }) {
  const { admin: api } = useConsole()
  const loaded = useLoaded(() => api.desk.tickets.get(id))
  const ticket = loaded.state.status === 'loaded' ? loaded.state.value : undefined
  return (
    <AdminPage
      title={ticket ? ticketTitle(ticket) : 'Ticket'}
      lead={
        <Link href="/tickets" className={styles.link}>
          <ArrowLeft {...ICON} style={{ verticalAlign: '-3px' }} /> All tickets
        </Link>
      }
      action={ticket && <span className={styles.number}>#{ticket.number}</span>}
    >
      <LoadView loaded={loaded}>{(value) => <TicketDetail ticket={value} loaded={loaded} />}</LoadView>
    </AdminPage>
  )
}

function TicketDetail({ ticket, loaded }: { ticket: Ticket; loaded: Loaded<Ticket> }) {
  const { admin: api, current } = useConsole()
  const [editing, setEditing] = useState(false)
  const action = useAction()
  const mayChange = mayWrite(current)
  const save = async (changes: UpdateTicketRequest) => loaded.set(await api.desk.tickets.update(ticket.id, changes))
  const close = () => setEditing(false)
  return (
    <>
      <div className={styles.moves}>
        <TicketStatusTag status={ticket.status} />
        {mayChange &&
          TICKET_MOVES[ticket.status].map((status) => (
            <Button
              key={status}
              size="xs"
              variant={status === 'solved' ? 'filled' : 'default'}
              disabled={action.busy}
              onClick={() => action.run(() => save({ status }))}
            >
              {MOVE_NAMES[status]}
            </Button>
          ))}
      </div>
      <ErrorLine error={action.error} />
      <div className={styles.detail}>
        <div className={admin.stack}>
          <p className={ticket.description === '' ? styles.slotNone : styles.description} dir="auto">
            {ticket.description || 'No description.'}
          </p>
          {mayChange && (
            <div className={admin.row}>
              <Button variant="default" size="xs" leftSection={<Pencil {...ICON} />} onClick={() => setEditing(true)}>
                Edit the words
              </Button>
            </div>
          )}
        </div>
        <Facts ticket={ticket} action={action} save={mayChange ? save : null} />
      </div>
      <Dialog opened={editing} onClose={close} title="Edit the ticket">
        <WordsForm
          ticket={ticket}
          onCancel={close}
          onSubmit={async (words) => {
            await save(words)
            close()
          }}
        />
      </Dialog>
    </>
  )
}

/** Options of `Facts`. */
interface FactsProps {
  ticket: Ticket
  action: Action
  /** Null: whoever looks on changes nothing. */
  save: ((changes: UpdateTicketRequest) => Promise<void>) | null
}

function Facts({ ticket, action, save }: FactsProps) {
  const { admin: api } = useConsole()
  const members = useLoaded(() => (save ? api.members.list() : Promise.resolve([])))
  const known = members.state.status === 'loaded' ? members.state.value : []
  const answering = known.filter((member) => answersVisitors(member) && member.id !== ticket.assignee?.id)
  const people = [...(ticket.assignee ? [ticket.assignee] : []), ...answering]
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Who works on it</dt>
        <dd>
          {save ? (
            <NativeSelect
              aria-label="Who works on it"
              data={[{ value: '', label: 'Nobody yet' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
              value={ticket.assignee?.id ?? ''}
              disabled={action.busy}
              onChange={({ currentTarget: { value } }) => void action.run(() => save({ assigneeId: value || null }))}
            />
          ) : (
            <bdi>{ticket.assignee?.name ?? 'Nobody yet'}</bdi>
          )}
        </dd>
      </div>
      <div>
        <dt>Priority</dt>
        <dd>
          {save ? (
            <NativeSelect
              aria-label="Priority"
              data={PRIORITY_CHOICES}
              value={ticket.priority}
              disabled={action.busy}
              onChange={({ currentTarget: { value } }) => void action.run(() => save({ priority: value as Priority }))}
            />
          ) : (
            PRIORITY_NAMES[ticket.priority]
          )}
        </dd>
      </div>
      <div>
        <dt>Conversation</dt>
        <dd>
          {ticket.conversationId === null ? (
            'None'
          ) : (
            <Link href={`/conversations/${ticket.conversationId}`}>
              <bdi>{ticket.visitorName ?? 'Open it'}</bdi>
            </Link>
          )}
        </dd>
      </div>
      <div>
        <dt>Made</dt>
        <dd>
          <time dateTime={ticket.createdAt}>{fullTime(ticket.createdAt)}</time>
          {ticket.source === 'escalation' && ', by the assistant'}
          {ticket.createdBy && (
            <>
              , by <bdi>{ticket.createdBy.name}</bdi>
            </>
          )}
        </dd>
      </div>
      {ticket.solvedAt && (
        <div>
          <dt>Solved</dt>
          <dd>
            <time dateTime={ticket.solvedAt}>{fullTime(ticket.solvedAt)}</time>
          </dd>
        </div>
      )}
    </dl>
  )
}

/** Options of `WordsForm`. */
interface WordsFormProps {
  ticket: Ticket
  onCancel: () => void
  onSubmit: (words: { title: string; description: string }) => Promise<void>
}

function WordsForm({ ticket, onCancel, onSubmit }: WordsFormProps) {
  const [title, setTitle] = useState(ticket.title ?? '')
  const [description, setDescription] = useState(ticket.description)
  return (
    <DialogForm submitLabel="Save" onCancel={onCancel} onSubmit={() => onSubmit({ title, description })}>
      <TextInput
        label="What is to be done?"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      <Textarea
        label="Description"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={5000}
        autosize
        minRows={3}
        maxRows={12}
        dir="auto"
      />
    </DialogForm>
  )
}
