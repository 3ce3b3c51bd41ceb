import type { MemberRow } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { Inbox } from 'lucide-react'
import { useConsole } from '../../client/console-services.js'
import type { PickerOption } from '../../picker/filter-options.js'
import { Picker } from '../../picker/picker.js'
import { Avatar } from '../../shell/avatar.js'
import { answersVisitors } from '../../team/answers-visitors.js'
import { awayText } from '../../team/away-text.js'
import { shortDuration } from '../../text/format-time.js'
import { DirectoryError } from './directory-error.js'
import type { ConversationWork } from './use-conversation-work.js'

/** Seen so lately, somebody counts as being there. The server notes it every few minutes. */
const HERE_MS = 10 * 60_000

/** Options of the pickers of a conversation. */
export interface WorkPickerProps {
  work: ConversationWork
  onDone: () => void
}

/** To whom a conversation goes: oneself, a colleague, or a queue. */
export function AssignPicker({ work, agentId, onDone }: WorkPickerProps & { agentId: string | null }) {
  const { current, directory, $now } = useConsole()
  const { members, team, departments } = useStore(directory.$directory)
  const now = useStore($now)
  const selfId = current.member.id

  const people = members
    .filter(answersVisitors)
    .sort((a, b) => Number(b.id === selfId) - Number(a.id === selfId) || a.name.localeCompare(b.name))
  const away = new Map(
    team.flatMap((one) => (one.availability === 'away' ? [[one.id, awayText(one, now)] as const] : [])),
  )
  const hintOf = ({ id, lastSeenAt }: MemberRow) => away.get(id) ?? lastSeen(lastSeenAt, now)
  const person = (member: MemberRow): PickerOption => ({
    id: member.id,
    group: 'People',
    label: member.id === selfId ? `${member.name} (you)` : member.name,
    keywords: member.id === selfId ? 'me myself assign' : undefined,
    hint: member.id === selfId ? undefined : hintOf(member),
    icon: <Avatar id={member.id} name={member.name} size={22} />,
    selected: member.id === agentId || undefined,
    run() {
      work.assign(member.id)
      onDone()
    },
  })
  const queue = (id: string, label: string, departmentId?: string): PickerOption => ({
    id,
    group: 'Queues',
    label,
    keywords: 'release queue department',
    icon: <Inbox size={16} strokeWidth={1.75} />,
    run() {
      work.release(departmentId)
      onDone()
    },
  })
  return (
    <Picker
      label="Assign to"
      placeholder="Assign to…"
      emptyText="Nobody of this name answers visitors here."
      options={[
        ...people.map(person),
        queue('queue', 'Back to the queue'),
        ...departments.map(({ id, name }) => queue(id, `Queue of ${name}`, id)),
      ]}
      footer={<DirectoryError />}
    />
  )
}

function lastSeen(lastSeenAt: string | null, now: number): string | undefined {
  if (lastSeenAt === null) return undefined
  const ms = now - Date.parse(lastSeenAt)
  return ms < HERE_MS ? 'here' : `seen ${shortDuration(ms)} ago`
}
