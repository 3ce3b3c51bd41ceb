import type { MacroAction, Priority } from '@chatdesk/protocol'
import { NativeSelect } from '@mantine/core'
import { type MacroNames, SNOOZES } from '../macros/macro-text.js'
import { PRIORITY_NAMES } from '../text/priority-names.js'
import { VariablesField } from './canned-reply-form.js'

/** An action of this kind as a form begins it. */
export function newAction(type: MacroAction['type'], { tags }: MacroNames): MacroAction {
  switch (type) {
    case 'reply':
    case 'note':
      return { type, text: '' }
    case 'assign':
      return { type, agentId: 'me' }
    case 'release':
      return { type, departmentId: null }
    case 'priority':
      return { type, priority: 'high' }
    case 'tag':
    case 'untag':
      return { type, tagId: tags[0]?.id ?? '' }
    case 'snooze':
      return { type, minutes: 1440 }
    case 'end':
      return { type }
  }
}

/** Options of `MacroActionField`. */
export interface MacroActionFieldProps {
  label: string
  action: MacroAction
  names: MacroNames
  onChange: (action: MacroAction) => void
}

/** What there is to say of one action beside its kind. */
export function MacroActionField({ label, action, names, onChange }: MacroActionFieldProps) {
  switch (action.type) {
    case 'reply':
    case 'note':
      return <VariablesField label={label} value={action.text} onChange={(text) => onChange({ ...action, text })} />
    case 'assign':
      return (
        <Choice
          label={label}
          value={action.agentId}
          options={[{ id: 'me', name: 'Whoever runs it' }, ...names.members]}
          onChange={(agentId) => onChange({ ...action, agentId })}
        />
      )
    case 'release':
      return (
        <Choice
          label={label}
          value={action.departmentId ?? ''}
          options={[{ id: '', name: 'Whose it is already' }, ...names.departments]}
          onChange={(id) => onChange({ ...action, departmentId: id || null })}
        />
      )
    case 'priority':
      return (
        <Choice
          label={label}
          value={action.priority}
          options={Object.entries(PRIORITY_NAMES).map(([id, name]) => ({ id, name }))}
          onChange={(priority) => onChange({ ...action, priority: priority as Priority })}
        />
      )
    case 'tag':
    case 'untag':
      return (
        <Choice
          label={label}
          value={action.tagId}
          options={names.tags}
          onChange={(tagId) => onChange({ ...action, tagId })}
        />
      )
    case 'snooze':
      return (
        <Choice
          label={label}
          value={String(action.minutes)}
          options={SNOOZES.map(({ minutes, name }) => ({ id: String(minutes), name }))}
          onChange={(minutes) => onChange({ ...action, minutes: Number(minutes) })}
        />
      )
    case 'end':
      return null
  }
}

/** Options of `Choice`. */
interface ChoiceProps {
  label: string
  value: string
  options: readonly { id: string; name: string }[]
  onChange: (id: string) => void
}

/** What was chosen stays to be seen, even when it is not there to choose any more. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const gone = options.some(({ id }) => id === value) ? [] : [{ value, label: 'One that is gone' }]
  return (
    <NativeSelect
      aria-label={label}
      data={[...gone, ...options.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
