import type { Priority } from '@chatdesk/protocol'

/** From the lowest; the table has -1 for the first. */
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]

/** Where a priority stands among the others: what comes first in the queue is greater. */
export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) - 1
}

/** The priority of a row, whose rank the table checks. */
export function priorityOf(rank: number): Priority {
  return PRIORITIES[rank + 1] as Priority
}
