import type { Priority } from '@chatdesk/protocol'

/** What a priority is called, from the most pressing to the least. */
export const PRIORITY_NAMES: Record<Priority, string> = { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' }

/** The priorities in that order, for a field to choose one from. */
export const PRIORITY_CHOICES = (Object.keys(PRIORITY_NAMES) as Priority[]).map((value) => ({
  value,
  label: PRIORITY_NAMES[value],
}))
