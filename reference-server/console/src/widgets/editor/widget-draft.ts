import type { AdministeredWidget, AssistantPolicy, ConfigurableSettings, UpdateWidgetRequest } from '@chatdesk/protocol'
import { tidyForm } from './tidy-form.js'

/** What a form holds of a widget. */
export interface WidgetDraft {
  name: string
  allowedOrigins: string[]
  mailReplies: boolean
  assistant: boolean
  assistantPolicy: AssistantPolicy
  settings: ConfigurableSettings
}

/** A draft in which nothing is changed. */
export function draftOf(widget: AdministeredWidget): WidgetDraft {
  const { name, allowedOrigins, mailReplies, assistant, assistantPolicy, settings } = widget
  return { name, allowedOrigins, mailReplies, assistant, assistantPolicy, settings }
}

/** What differs, and nothing else: what somebody else has changed in the meantime stays. Null: nothing does. */
export function changesOf(saved: AdministeredWidget, draft: WidgetDraft): UpdateWidgetRequest | null {
  const settings: Partial<ConfigurableSettings> = {}
  const { preChatForm } = draft.settings
  const wanted = { ...draft.settings, preChatForm: preChatForm && tidyForm(preChatForm) }
  for (const key of Object.keys(wanted) as (keyof ConfigurableSettings)[]) {
    if (!isSame(saved.settings[key], wanted[key])) Object.assign(settings, { [key]: wanted[key] })
  }
  // As they are typed, lines may be empty.
  const keywords = draft.assistantPolicy.keywords.map((line) => line.trim()).filter(Boolean)
  const assistantPolicy = { ...draft.assistantPolicy, keywords }
  const changes: UpdateWidgetRequest = {
    ...(saved.name === draft.name ? {} : { name: draft.name }),
    ...(saved.assistant === draft.assistant ? {} : { assistant: draft.assistant }),
    ...(isSame(saved.assistantPolicy, assistantPolicy) ? {} : { assistantPolicy }),
    ...(saved.mailReplies === draft.mailReplies ? {} : { mailReplies: draft.mailReplies }),
    ...(isSame(saved.allowedOrigins, draft.allowedOrigins) ? {} : { allowedOrigins: draft.allowedOrigins }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

/** Plain data whose keys stand in one order, as the server sends them and the forms copy them. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
