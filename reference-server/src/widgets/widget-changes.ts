import { isDeepStrictEqual } from 'node:util'
import type { AdministeredWidget } from '@chatdesk/protocol'

/** Settings that differ, each by itself. */
export type WidgetChanges = Record<string, { from: unknown; to: unknown }>

/** What differs; null: nothing. */
export function changesOf(before: AdministeredWidget, after: AdministeredWidget): WidgetChanges | null {
  const flat = ({
    settings,
    name,
    enabled,
    allowedOrigins,
    allowMissingOrigin,
    followUp,
    mailReplies,
    assistant,
    assistantPolicy,
  }: AdministeredWidget) =>
    Object.entries({
      ...{ name, enabled, allowedOrigins, allowMissingOrigin, followUp, mailReplies, assistant, assistantPolicy },
      ...settings,
    })
  const earlier = new Map<string, unknown>(flat(before))
  const differing = flat(after).filter(([field, to]) => !isDeepStrictEqual(earlier.get(field), to))
  if (differing.length === 0) return null
  return Object.fromEntries(differing.map(([field, to]) => [field, { from: earlier.get(field), to }]))
}
