import type { PreChatForm } from '@chatdesk/protocol'
import { ActionIcon, Button, Checkbox, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import { newServerId } from '../../client/new-server-id.js'
import styles from './editor.module.css'
import { type SettingsSectionProps, withEntry, withMoved } from './section-props.js'

type PreChatField = PreChatForm['fields'][number]

const TYPE_NAMES: Record<PreChatField['type'], string> = {
  text: 'Line of text',
  email: 'Email address',
  phone: 'Phone number',
  select: 'Choice from a list',
  textarea: 'Long text',
  checkbox: 'Tick',
}
const MOST = 12
const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** A form to begin with. */
export function usualForm(): PreChatForm {
  return {
    fields: [
      { id: 'name', label: 'Your name', type: 'text', required: true },
      { id: 'email', label: 'Email', type: 'email', required: true },
    ],
    consent: null,
  }
}

/** What visitors are asked before they can write. */
export function FormSection({ settings, change }: SettingsSectionProps) {
  const form = settings.preChatForm
  return (
    <div className={admin.stack}>
      <Switch
        label="Ask before the chat"
        description="Each question costs you visitors: ask for what you need to answer, and no more."
        checked={form !== null}
        onChange={(event) => change({ preChatForm: event.currentTarget.checked ? usualForm() : null })}
      />
      {form && <FormBuilder form={form} onChange={(preChatForm) => change({ preChatForm })} />}
    </div>
  )
}

/** The questions of a form, in their order. */
export function FormBuilder({ form, onChange }: { form: PreChatForm; onChange: (form: PreChatForm) => void }) {
  const { fields, consent } = form
  const refusal = useRefusal()
  const set = (list: PreChatField[]) => onChange({ ...form, fields: list })
  return (
    <>
      <ol className={styles.cards} aria-label="Questions">
        {fields.map((field, index) => (
          <li key={field.id} className={styles.card}>
            <FieldEditor
              field={field}
              place={index + 1}
              last={index === fields.length - 1}
              onChange={(changed) => set(withEntry(fields, index, changed))}
              onMove={(by) => set(withMoved(fields, index, by))}
            />
          </li>
        ))}
      </ol>
      <div className={admin.row}>
        <Button
          variant="default"
          leftSection={<Plus {...ICON} />}
          disabled={fields.length >= MOST}
          onClick={() => set([...fields, { id: newFieldId(), label: '', type: 'text', required: false }])}
        >
          Add a question
        </Button>
      </div>
      <Switch
        label="Ask for consent"
        checked={consent !== null}
        onChange={(event) =>
          onChange({
            ...form,
            consent: event.currentTarget.checked
              ? { text: 'I agree that you store what I write here to answer me.', required: true }
              : null,
          })
        }
      />
      {consent && (
        <>
          <Textarea
            label="What visitors agree to"
            value={consent.text}
            error={refusal('preChatForm.consent.text')}
            onChange={(event) => onChange({ ...form, consent: { ...consent, text: event.currentTarget.value } })}
            required
            withAsterisk={false}
            maxLength={500}
          />
          <Checkbox
            label="Nobody can write without it"
            checked={consent.required}
            onChange={(event) => onChange({ ...form, consent: { ...consent, required: event.currentTarget.checked } })}
          />
        </>
      )}
    </>
  )
}

/** Options of `FieldEditor`. `null` takes the question out. */
interface FieldEditorProps {
  field: PreChatField
  place: number
  last: boolean
  onChange(field: PreChatField | null): void
  onMove(by: -1 | 1): void
}

function FieldEditor({ field, place, last, onChange, onMove }: FieldEditorProps) {
  const name = field.label || `question ${place}`
  const refusal = useRefusal()
  const path = `preChatForm.fields.${place - 1}`
  function setType(type: PreChatField['type']) {
    const { options = ['First choice', 'Second choice'], ...rest } = field
    onChange(type === 'select' ? { ...rest, type, options } : { ...rest, type })
  }
  return (
    <>
      <div className={styles.cardPair}>
        <TextInput
          size="sm"
          label="Question"
          value={field.label}
          error={refusal(`${path}.label`)}
          onChange={(event) => onChange({ ...field, label: event.currentTarget.value })}
          required
          withAsterisk={false}
          maxLength={100}
        />
        <NativeSelect
          size="sm"
          label="Answer"
          value={field.type}
          data={Object.entries(TYPE_NAMES).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setType(event.currentTarget.value as PreChatField['type'])}
        />
      </div>
      {field.type === 'select' && (
        <Textarea
          size="sm"
          label="Choices"
          description="One on each line, 30 at most."
          value={(field.options ?? []).join('\n')}
          error={refusal(`${path}.options`)}
          required
          withAsterisk={false}
          onChange={(event) => onChange({ ...field, options: event.currentTarget.value.split('\n') })}
        />
      )}
      <div className={styles.cardFoot}>
        <Checkbox
          label="Must be answered"
          checked={field.required}
          onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })}
        />
        <span className={admin.actions}>
          <ActionIcon aria-label={`Move ${name} up`} disabled={place === 1} onClick={() => onMove(-1)}>
            <ArrowUp {...ICON} />
          </ActionIcon>
          <ActionIcon aria-label={`Move ${name} down`} disabled={last} onClick={() => onMove(1)}>
            <ArrowDown {...ICON} />
          </ActionIcon>
          <ActionIcon aria-label={`Take out ${name}`} onClick={() => onChange(null)}>
            <Trash2 {...ICON} />
          </ActionIcon>
        </span>
      </div>
    </>
  )
}

/** Names the answers to a question; a small word that nobody reads. */
function newFieldId(): string {
  return `q_${newServerId().slice(0, 8)}`
}
