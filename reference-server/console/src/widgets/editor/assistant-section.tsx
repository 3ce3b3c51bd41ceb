import type { AssistantPolicy } from '@chatdesk/protocol'
import { Switch, Textarea, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'
import type { WidgetDraft } from './widget-draft.js'

/** Options of `AssistantSection`. */
export interface AssistantSectionProps {
  widgetId: string
  assistant: boolean
  policy: AssistantPolicy
  changeWidget(changes: Partial<WidgetDraft>): void
}

/** Numbers of the policy; those from 0 to 1 are shown as percent. */
interface Field {
  key: Exclude<keyof AssistantPolicy, 'keywords' | 'builtInKeywords' | 'moodAt'>
  label: string
  description: string
  unit: 'percent' | 'number'
}

const FIELDS: readonly Field[] = [
  {
    key: 'answerAt',
    label: 'Answer when sure by percent',
    description: 'Higher: fewer answers, fewer wrong ones. Below, it only suggests what may help.',
    unit: 'percent',
  },
  {
    key: 'suggestAt',
    label: 'Suggest when sure by percent',
    description: 'Below, it says that it does not know, and offers a person.',
    unit: 'percent',
  },
  {
    key: 'middleTurns',
    label: 'Suggestions in a row',
    description: 'After so many it says that it does not know, and offers a person.',
    unit: 'number',
  },
  {
    key: 'turnsWithoutProgress',
    label: 'Turns without progress',
    description: 'After so many in a row your team takes over.',
    unit: 'number',
  },
  {
    key: 'openTickets',
    label: 'Open tickets',
    description: 'Whoever has so many open tickets goes to your team.',
    unit: 'number',
  },
  {
    key: 'ticketHours',
    label: 'Hours of an open ticket',
    description: 'So does whoever has one that is older.',
    unit: 'number',
  },
  {
    key: 'leadAt',
    label: 'Interest in buying, in percent',
    description: 'So probable it must be to ask for an e-mail address or a phone number.',
    unit: 'percent',
  },
]

/** Whether the assistant answers, how sure it must be, and when it hands over. */
export function AssistantSection({ widgetId, assistant, policy, changeWidget }: AssistantSectionProps) {
  const refusal = useRefusal()
  const change = (part: Partial<AssistantPolicy>) => changeWidget({ assistantPolicy: { ...policy, ...part } })
  return (
    <div className={admin.stack}>
      <Switch
        label="Let the assistant answer first"
        description="From this widget’s knowledge, with its source. What it does not know, and whoever asks for a person, goes to your team."
        checked={assistant}
        onChange={(event) => changeWidget({ assistant: event.currentTarget.checked })}
      />
      {/* Beside the switch: within its words a press would turn it. */}
      <p className={styles.aside}>
        <Link href={`/knowledge/${widgetId}`} className={admin.link}>
          What this widget knows
        </Link>
      </p>
      {assistant && (
        <>
          {FIELDS.map(({ key, label, description, unit }) => (
            <TextInput
              key={key}
              label={label}
              description={description}
              type="number"
              inputMode="numeric"
              min={unit === 'percent' ? 0 : 1}
              {...(unit === 'percent' ? { max: 100 } : {})}
              value={unit === 'percent' ? Math.round(policy[key] * 100) : policy[key]}
              error={refusal(`assistantPolicy.${key}`)}
              onChange={(event) => {
                const typed = Math.trunc(event.currentTarget.valueAsNumber) || 0
                change({ [key]: unit === 'percent' ? typed / 100 : typed })
              }}
              classNames={{ wrapper: styles.short ?? '' }}
            />
          ))}
          <Switch
            label="Alarm by the built-in words"
            description="Fraud, lawyers, chargebacks, outages and the like call for a person at once. Words about a life always do."
            checked={policy.builtInKeywords}
            onChange={(event) => change({ builtInKeywords: event.currentTarget.checked })}
          />
          <Textarea
            label="Further words that call for a person"
            description="One in a line."
            autosize
            minRows={2}
            maxRows={10}
            value={policy.keywords.join('\n')}
            error={refusal('assistantPolicy.keywords')}
            onChange={(event) => change({ keywords: event.currentTarget.value.split('\n') })}
          />
        </>
      )}
    </div>
  )
}
