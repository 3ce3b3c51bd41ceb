import type { InboxFilter } from '@chatdesk/protocol'
import { ActionIcon, Button, NativeSelect, Popover } from '@mantine/core'
import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { answersVisitors } from '../team/answers-visitors.js'
import { PRIORITY_CHOICES } from '../text/priority-names.js'
import styles from './inbox.module.css'

/** Options of `FilterMenu`. */
export interface FilterMenuProps {
  filter: InboxFilter
  onChange: (filter: InboxFilter) => void
}

/** Narrows a view by what stands in its rows. */
export function FilterMenu({ filter, onChange }: FilterMenuProps) {
  const [opened, setOpened] = useState(false)
  const count = Object.values(filter).filter((value) => value !== undefined).length
  const label = count > 0 ? `Filter, ${count} set` : 'Filter'
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={272} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={34}
          variant={count > 0 ? 'filled' : 'default'}
          color="brand"
          aria-label={label}
          title={label}
          onClick={() => setOpened(!opened)}
        >
          <ListFilter size={18} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter">
        <FilterFields filter={filter} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  )
}

function FilterFields({ filter, onChange }: FilterMenuProps) {
  const { admin } = useConsole()
  const { state } = useLoaded(async () => {
    const [tags, departments, members, widgets] = await Promise.all([
      admin.desk.tags.list(),
      admin.departments.list(),
      admin.members.list(),
      admin.widgets.list(),
    ])
    const choices = (list: readonly { id: string; name: string }[]) =>
      list.map(({ id, name }) => ({ value: id, label: name }))
    const agents = members.filter(answersVisitors)
    return {
      tags: choices(tags),
      departments: choices(departments),
      agents: choices(agents),
      widgets: choices(widgets),
    }
  })
  const loaded = state.status === 'loaded' ? state.value : undefined
  const field = (name: keyof InboxFilter, label: string, data: readonly { value: string; label: string }[] = []) => (
    <NativeSelect
      label={label}
      size="sm"
      data={[{ value: '', label: 'Any' }, ...data]}
      value={filter[name] ?? ''}
      onChange={({ currentTarget: { value } }) => {
        const { [name]: _before, ...others } = filter
        onChange(value === '' ? others : ({ ...others, [name]: value } as InboxFilter))
      }}
    />
  )
  return (
    <div className={styles.filterFields}>
      {state.status === 'failed' && <span role="alert">The choices did not load. Close this and open it again.</span>}
      {field('tagId', 'Tag', loaded?.tags)}
      {field('priority', 'Priority', PRIORITY_CHOICES)}
      {field('agentId', 'Agent', loaded?.agents)}
      {field('departmentId', 'Department', loaded?.departments)}
      {field('widgetId', 'Widget', loaded?.widgets)}
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={Object.keys(filter).length === 0}
        onClick={() => onChange({})}
      >
        Clear all
      </Button>
    </div>
  )
}
