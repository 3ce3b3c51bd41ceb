import type { ProactiveRule } from '@chatdesk/protocol'
import { ActionIcon, Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import { newServerId } from '../../client/new-server-id.js'
import styles from './editor.module.css'
import { type SettingsSectionProps, withEntry } from './section-props.js'

const MOST = 20
const AUDIENCES = [
  { value: '', label: 'To everybody' },
  { value: 'false', label: 'To new visitors' },
  { value: 'true', label: 'To visitors who come back' },
]
const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What the widget says before a visitor does. All that a message names must hold. */
export function ProactiveSection({ settings, change }: SettingsSectionProps) {
  const rules = settings.proactiveRules
  const set = (proactiveRules: ProactiveRule[]) => change({ proactiveRules })
  return (
    <div className={admin.stack}>
      {rules.length === 0 && (
        <p className={admin.dialogText}>
          None yet. A good one offers help where visitors hesitate, as on a page of prices.
        </p>
      )}
      <ol className={styles.cards} aria-label="Proactive messages">
        {rules.map((rule, index) => (
          <li key={rule.id} className={styles.card}>
            <RuleEditor rule={rule} place={index + 1} onChange={(changed) => set(withEntry(rules, index, changed))} />
          </li>
        ))}
      </ol>
      <div className={admin.row}>
        <Button
          variant="default"
          leftSection={<Plus {...ICON} />}
          disabled={rules.length >= MOST}
          onClick={() => set([...rules, { id: newServerId(), when: { secondsOnPage: 30 }, message: '' }])}
        >
          Add a message
        </Button>
      </div>
    </div>
  )
}

/** Options of `RuleEditor`. `null` takes the rule out. */
interface RuleEditorProps {
  rule: ProactiveRule
  place: number
  onChange(rule: ProactiveRule | null): void
}

function RuleEditor({ rule, place, onChange }: RuleEditorProps) {
  const { when, message } = rule
  const refusal = useRefusal()
  const path = `proactiveRules.${place - 1}`
  const setWhen = (changes: ProactiveRule['when']) => onChange({ ...rule, when: defined({ ...when, ...changes }) })
  return (
    <>
      <Textarea
        size="sm"
        label={`Message ${place}`}
        value={message}
        error={refusal(`${path}.message`)}
        onChange={(event) => onChange({ ...rule, message: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={500}
      />
      <div className={styles.cardFields}>
        <TextInput
          size="sm"
          label="On pages"
          description="Part of the address, such as /pricing; * is anything. Empty: on all."
          value={when.url ?? ''}
          error={refusal(`${path}.when.url`)}
          onChange={(event) => setWhen({ url: event.currentTarget.value || undefined })}
          maxLength={200}
        />
        <TextInput
          size="sm"
          label="After seconds"
          description="On that page."
          type="number"
          min={0}
          max={3600}
          value={when.secondsOnPage ?? ''}
          error={refusal(`${path}.when.secondsOnPage`)}
          onChange={(event) => setWhen({ secondsOnPage: wholeNumber(event.currentTarget.valueAsNumber) })}
        />
        <TextInput
          size="sm"
          label="After scrolling"
          description="Percent of the page."
          type="number"
          min={0}
          max={100}
          value={when.scrollPercent ?? ''}
          error={refusal(`${path}.when.scrollPercent`)}
          onChange={(event) => setWhen({ scrollPercent: wholeNumber(event.currentTarget.valueAsNumber) })}
        />
        <TextInput
          size="sm"
          label="After an event"
          description="By its name, as your page tracks it."
          value={when.event ?? ''}
          error={refusal(`${path}.when.event`)}
          onChange={(event) => setWhen({ event: event.currentTarget.value || undefined })}
          maxLength={100}
        />
      </div>
      <Checkbox
        size="sm"
        label="As the pointer leaves the page at its top"
        checked={when.exitIntent ?? false}
        onChange={(event) => setWhen({ exitIntent: event.currentTarget.checked || undefined })}
      />
      <Checkbox
        size="sm"
        label="Also outside the business hours"
        checked={when.outOfHours ?? false}
        onChange={(event) => setWhen({ outOfHours: event.currentTarget.checked || undefined })}
      />
      <div className={styles.cardFoot}>
        <NativeSelect
          size="sm"
          aria-label={`Who reads message ${place}`}
          value={String(when.returning ?? '')}
          data={AUDIENCES}
          onChange={({ currentTarget: { value } }) =>
            setWhen({ returning: value === '' ? undefined : value === 'true' })
          }
        />
        <ActionIcon aria-label={`Take out message ${place}`} onClick={() => onChange(null)}>
          <Trash2 {...ICON} />
        </ActionIcon>
      </div>
    </>
  )
}

function wholeNumber(value: number): number | undefined {
  return Number.isFinite(value) ? Math.trunc(value) : undefined
}

/** Without what is left empty. */
function defined(when: ProactiveRule['when']): ProactiveRule['when'] {
  return Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined))
}
