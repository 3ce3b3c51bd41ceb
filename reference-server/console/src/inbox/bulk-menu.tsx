import type { BulkAction } from '@chatdesk/protocol'
import { Menu } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useEffect } from 'react'
import { useConsole } from '../client/console-services.js'
import { answersVisitors } from '../team/answers-visitors.js'
import { awayText } from '../team/away-text.js'
import { PRIORITY_CHOICES } from '../text/priority-names.js'
import styles from './bulk-menu.module.css'

const HOUR = 3_600_000
/** For how many hours, and how one says it. */
const SNOOZES = [
  [1, 'For an hour'],
  [24, 'For a day'],
  [168, 'For a week'],
] as const

/** One thing that can be done. */
interface Choice {
  key: string
  name: string
  action: BulkAction
  /** What speaks against it. */
  hint?: string | undefined
}

/** What else can be done to many conversations, beside what stands in the bar. */
export function BulkMenu({ onChoose }: { onChoose: (action: BulkAction) => void }) {
  const { directory, $now } = useConsole()
  const { members, team, departments, tags } = useStore(directory.$directory)
  const now = useStore($now)
  useEffect(() => void directory.refresh(), [directory])
  const until = (hours: number) => new Date($now.get() + hours * HOUR).toISOString()
  const tagged = (type: 'tag' | 'untag') =>
    tags.map(({ id, name }): Choice => ({ key: id, name, action: { type, tagId: id } }))
  const toColleagues = members.filter(answersVisitors).map(({ id, name }): Choice => {
    const away = team.find((one) => one.id === id && one.availability === 'away')
    return { key: id, name, action: { type: 'assign', agentId: id }, hint: away && awayText(away, now) }
  })
  const toQueues = [
    { key: '', name: 'Everybody', action: { type: 'release', departmentId: null } } as const,
    ...departments.map(({ id, name }): Choice => ({ key: id, name, action: { type: 'release', departmentId: id } })),
  ]
  const snoozes = SNOOZES.map(
    ([hours, name]): Choice => ({ key: name, name, action: { type: 'snooze', until: until(hours) } }),
  )
  const priorities = PRIORITY_CHOICES.map(
    ({ value, label }): Choice => ({ key: value, name: label, action: { type: 'priority', priority: value } }),
  )
  return (
    <>
      <Choices label="Assign to" choices={toColleagues} onChoose={onChoose} />
      <Menu.Item onClick={() => onChoose({ type: 'release' })}>Release to the queue</Menu.Item>
      {departments.length > 0 && <Choices label="Release to the queue of" choices={toQueues} onChoose={onChoose} />}
      <Choices label="Priority" choices={priorities} onChoose={onChoose} />
      <Choices label="Add a tag" choices={tagged('tag')} onChoose={onChoose} />
      <Choices label="Take off a tag" choices={tagged('untag')} onChoose={onChoose} />
      <Choices label="Snooze" choices={snoozes} onChoose={onChoose} />
      <Menu.Item onClick={() => onChoose({ type: 'snooze', until: null })}>Wake</Menu.Item>
      <Menu.Item onClick={() => onChoose({ type: 'reopen' })}>Reopen</Menu.Item>
    </>
  )
}

/** Options of `Choices`. */
interface ChoicesProps {
  label: string
  choices: readonly Choice[]
  onChoose: (action: BulkAction) => void
}

/** A menu of its own, beside the line that opens it; nothing where there is nothing to choose from. */
function Choices({ label, choices, onChoose }: ChoicesProps) {
  if (choices.length === 0) return null
  return (
    <Menu.Sub position="right-end">
      <Menu.Sub.Target>
        <Menu.Sub.Item>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {choices.map(({ key, name, action, hint }) => (
          <Menu.Item
            key={key}
            onClick={() => onChoose(action)}
            rightSection={hint && <span className={styles.hint}>{hint}</span>}
          >
            <bdi>{name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}
