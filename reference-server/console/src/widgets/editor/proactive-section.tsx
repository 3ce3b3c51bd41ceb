import type { ProactiveRule } from '@chatdesk/protocol'
import { ActionIcon, Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import admin from '../../admin/admin.module.css'
import styles from './editor.module.css'
import { type SettingsSectionProps, withEntry } from './section-props.js'

const MOST = 20
const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What the widget says before a visitor does. */
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
          onClick={() => set([...rules, { id: crypto.randomUUID(), when: { secondsOnPage: 30 }, message: '' }])}
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
  const setWhen = (changes: ProactiveRule['when']) => onChange({ ...rule, when: defined({ ...when, ...changes }) })
  return (
    <>
      <Textarea
        size="sm"
        label={`Message ${place}`}
        value={message}
        onChange={(event) => onChange({ ...rule, message: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={500}
      />
      <div className={styles.cardFields}>
        <TextInput
          size="sm"
          label="On pages"
          description="Such as */pricing*; empty: on all."
          value={when.url ?? ''}
          onChange={(event) => setWhen({ url: event.currentTarget.value || undefined })}
          maxLength={500}
        />
        <TextInput
          size="sm"
          label="After seconds"
          description="On that page."
          type="number"
          min={0}
          max={3600}
          value={when.secondsOnPage ?? ''}
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
          onChange={(event) => setWhen({ scrollPercent: wholeNumber(event.currentTarget.valueAsNumber) })}
        />
      </div>
      <div className={styles.cardFoot}>
        <Checkbox
          label="Only to visitors who come back"
          checked={when.returning ?? false}
          onChange={(event) => setWhen({ returning: event.currentTarget.checked || undefined })}
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
