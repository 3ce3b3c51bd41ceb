import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'
import type { SettingsSectionProps } from './section-props.js'
import type { WidgetDraft } from './widget-draft.js'

/** Options of `BehaviourSection`. */
export interface BehaviourSectionProps extends SettingsSectionProps {
  mailReplies: boolean
  assistant: boolean
  widgetId: string
  changeWidget(changes: Partial<WidgetDraft>): void
}

/** What the widget does by itself, and what it says when nobody is there. */
export function BehaviourSection({
  settings,
  change,
  mailReplies,
  assistant,
  widgetId,
  changeWidget,
}: BehaviourSectionProps) {
  const refusal = useRefusal()
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
      <Switch
        label="Open by itself"
        description="Once, and never again in a tab whose visitor has closed it."
        checked={settings.autoOpen}
        onChange={(event) => change({ autoOpen: event.currentTarget.checked })}
      />
      {settings.autoOpen && (
        <TextInput
          label="After seconds"
          type="number"
          inputMode="numeric"
          min={0}
          max={600}
          value={settings.autoOpenDelaySeconds}
          error={refusal('autoOpenDelaySeconds')}
          onChange={(event) => change({ autoOpenDelaySeconds: Math.trunc(event.currentTarget.valueAsNumber) || 0 })}
          classNames={{ wrapper: styles.short ?? '' }}
        />
      )}
      <NativeSelect
        label="Tabs of one visitor"
        description="Whether a conversation follows a visitor through the tabs of their browser."
        value={settings.tabs}
        data={[
          { value: 'isolated', label: 'Each tab has a conversation of its own' },
          { value: 'shared', label: 'All tabs share one conversation' },
        ]}
        onChange={(event) => change({ tabs: event.currentTarget.value as typeof settings.tabs })}
      />
      <Switch
        label="Show the words in notifications"
        description="Else they name your team, and say that there is a message: somebody else may see the screen."
        checked={settings.notificationWords}
        onChange={(event) => change({ notificationWords: event.currentTarget.checked })}
      />
      <Switch
        label="Mail visitors who have left"
        description="What your team writes and they do not read, at the address that is known of them. They can stop it."
        checked={mailReplies}
        onChange={(event) => changeWidget({ mailReplies: event.currentTarget.checked })}
      />
      <Switch
        label="Show who answers"
        description="Pictures or initials of agents beside their messages."
        checked={settings.showAgentAvatars}
        onChange={(event) => change({ showAgentAvatars: event.currentTarget.checked })}
      />
      <Switch
        label="Show that somebody writes"
        checked={settings.showTypingIndicator}
        onChange={(event) => change({ showTypingIndicator: event.currentTarget.checked })}
      />
      <TextInput
        label="Expected reply"
        description="How soon one usually answers, such as “Usually within 5 minutes”."
        value={settings.expectedReply}
        error={refusal('expectedReply')}
        onChange={(event) => change({ expectedReply: event.currentTarget.value })}
        maxLength={100}
      />
      <Textarea
        label="When nobody is there"
        description="Said outside the business hours. Left empty, the widget says it by itself, in the visitor’s language."
        value={settings.offlineMessage}
        error={refusal('offlineMessage')}
        onChange={(event) => change({ offlineMessage: event.currentTarget.value })}
        maxLength={500}
      />
    </div>
  )
}
