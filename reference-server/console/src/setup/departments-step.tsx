import type { Department } from '@chatdesk/protocol'
import { Button, TextInput } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { LoadView } from '../admin/load-view.js'
import { Tag } from '../admin/tag.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'

const EXAMPLES = ['Sales', 'Support']

/** Names the departments, and offers them in the widget. */
export function DepartmentsStep(props: StepProps) {
  const { admin: api } = useConsole()
  const departments = useLoaded(() => api.departments.list())
  return <LoadView loaded={departments}>{(known) => <Names {...props} known={known} />}</LoadView>
}

function Names({ widget, onWidget, next, known }: StepProps & { known: Department[] }) {
  const { admin: api } = useConsole()
  const [names, setNames] = useState(known.length === 0 ? EXAMPLES : [''])
  async function save() {
    const ids = known.map(({ id }) => id)
    const taken = new Set(known.map(({ name }) => name))
    for (const name of names.map((typed) => typed.trim())) {
      if (name === '' || taken.has(name)) continue
      taken.add(name)
      ids.push((await api.departments.create({ name })).id)
    }
    if (ids.length > 0) onWidget(await api.widgets.update(widget.id, { settings: { departmentIds: ids } }))
    next()
  }
  return (
    <StepFrame
      title="Who answers?"
      lead="Name the departments that visitors are to choose from. A small team needs none."
      onSubmit={save}
      onSkip={next}
    >
      {known.length > 0 && (
        <div className={admin.row}>
          {known.map(({ id, name }) => (
            <Tag key={id}>{name}</Tag>
          ))}
        </div>
      )}
      <div className={admin.stack}>
        {names.map((name, index) => (
          <TextInput
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of text, which never move
            key={index}
            label={`Department ${known.length + index + 1}`}
            value={name}
            onChange={(event) => {
              const typed = event.currentTarget.value
              setNames(names.map((other, place) => (place === index ? typed : other)))
            }}
            maxLength={100}
          />
        ))}
        <div className={admin.row}>
          <Button
            variant="default"
            leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => setNames([...names, ''])}
          >
            Another one
          </Button>
        </div>
      </div>
    </StepFrame>
  )
}
