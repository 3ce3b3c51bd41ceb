import { type Macro, type MacroAction, unknownVariables } from '@chatdesk/protocol'
import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { DialogForm } from '../admin/dialog.js'
import { NameField } from '../admin/name-field.js'
import { useConsole } from '../client/console-services.js'
import { ACTION_NAMES, type MacroNames } from '../macros/macro-text.js'
import styles from '../macros/macros.module.css'
import { MacroActionField, newAction } from './macro-action-field.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
/** As many as the server takes. */
const MOST_ACTIONS = 10

/** Options of `MacroForm`. `null`: a new one. */
export interface MacroFormProps {
  macro: Macro | null
  names: MacroNames
  onCancel: () => void
  onDone: () => void
}

/** An action with a key of its own, by which React knows it when it moves. */
interface Row {
  key: number
  action: MacroAction
}

/** A macro's name, and what it does, in its order. */
export function MacroForm({ macro, names, onCancel, onDone }: MacroFormProps) {
  const { admin: api } = useConsole()
  const [name, setName] = useState(macro?.name ?? '')
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (macro?.actions ?? [newAction('reply', names)]).map((action, key) => ({ key, action })),
  )
  const put = (index: number, action: MacroAction) =>
    setRows(rows.map((row, place) => (place === index ? { ...row, action } : row)))
  const move = (index: number, by: 1 | -1) => {
    const next = [...rows]
    next.splice(index + by, 0, ...next.splice(index, 1))
    setRows(next)
  }
  return (
    <DialogForm
      submitLabel={macro ? 'Save' : 'Add'}
      disabled={rows.length === 0 || !rows.every(({ action }) => isComplete(action))}
      onCancel={onCancel}
      onSubmit={async () => {
        const input = { name: name.trim(), actions: rows.map(({ action }) => action) }
        await (macro ? api.desk.macros.update(macro.id, input) : api.desk.macros.create(input))
        onDone()
      }}
    >
      <NameField value={name} onChange={setName} focused />
      <ol className={styles.actions} aria-label="What it does">
        {rows.map(({ key, action }, index) => (
          <li key={key} className={styles.action}>
            <NativeSelect
              aria-label={`Step ${index + 1}`}
              data={kindsFor(action, names)}
              value={action.type}
              onChange={(event) => put(index, newAction(event.currentTarget.value as MacroAction['type'], names))}
            />
            <span className={styles.tools}>
              <ActionIcon
                aria-label={`Move step ${index + 1} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp {...ICON} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Move step ${index + 1} down`}
                disabled={index === rows.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown {...ICON} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Remove step ${index + 1}`}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              >
                <Trash2 {...ICON} />
              </ActionIcon>
            </span>
            <MacroActionField
              label={`Step ${index + 1}: ${ACTION_NAMES[action.type]}`}
              action={action}
              names={names}
              onChange={(next) => put(index, next)}
            />
          </li>
        ))}
      </ol>
      {rows.length < MOST_ACTIONS && (
        <Button
          variant="default"
          leftSection={<Plus {...ICON} />}
          onClick={() =>
            setRows([
              ...rows,
              { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, action: newAction('reply', names) },
            ])
          }
        >
          Add a step
        </Button>
      )}
    </DialogForm>
  )
}

/** What needs a tag is offered where there is one. */
function kindsFor(action: MacroAction, { tags }: MacroNames) {
  return Object.entries(ACTION_NAMES)
    .filter(([kind]) => tags.length > 0 || kind === action.type || !/tag$/.test(kind))
    .map(([value, label]) => ({ value, label }))
}

function isComplete(action: MacroAction): boolean {
  if (action.type !== 'reply' && action.type !== 'note') return true
  return /\S/.test(action.text) && unknownVariables(action.text).length === 0
}
