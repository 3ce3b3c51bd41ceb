import type { Priority, Ticket } from '@chatdesk/protocol'
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { DialogForm } from '../admin/dialog.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { newServerId } from '../client/new-server-id.js'
import { answersVisitors } from '../team/answers-visitors.js'
import { PRIORITY_CHOICES } from '../text/priority-names.js'

/** Options of `TicketForm`. */
export interface TicketFormProps {
  /** Null: it is about no conversation. */
  conversationId: string | null
  onCancel: () => void
  onDone: (ticket: Ticket) => void
}

/** A new ticket. A second try after a broken connection makes no second one. */
export function TicketForm({ conversationId, onCancel, onDone }: TicketFormProps) {
  const { admin: api } = useConsole()
  const [id] = useState(newServerId)
  const [title, setTitle] = useState('')
  const [description, setDescription] = useState('')
  const [priority, setPriority] = useState<Priority>('normal')
  const [assigneeId, setAssigneeId] = useState('')
  // Without the names it is nobody's yet, and can be given to somebody later.
  const members = useLoaded(() => api.members.list())
  const known = members.state.status === 'loaded' ? members.state.value : []
  const people = known.filter(answersVisitors).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <DialogForm
      submitLabel="Make it"
      onCancel={onCancel}
      onSubmit={async () => {
        const input = { id, title, description, priority, conversationId, assigneeId: assigneeId || null }
        onDone(await api.desk.tickets.create(input))
      }}
    >
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
        description="The team reads it, visitors never do. May be left out."
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={5000}
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
      />
      <NativeSelect
        label="Priority"
        data={PRIORITY_CHOICES}
        value={priority}
        onChange={(event) => setPriority(event.currentTarget.value as Priority)}
      />
      <NativeSelect
        label="Who works on it"
        data={[{ value: '', label: 'Nobody yet' }, ...people]}
        value={assigneeId}
        onChange={(event) => setAssigneeId(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
