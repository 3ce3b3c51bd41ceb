import type { ConversationSummary, Priority } from './types.js'

/** From the lowest. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]

/** How much longer a conversation must have waited to come before one of the next priority, in milliseconds (L1). */
export const PRIORITY_STEP_MS = 15 * 60_000

/** Where a priority stands among the others: what comes first in the queue is greater. 0 is `normal`. */
export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) - 1
}

/**
 * By what the queue is ordered (L1), the smallest first: in milliseconds since the epoch. Undefined: nobody waits for an answer.
 */
export function queueRank({
  waitingSince,
  priority,
}: Pick<ConversationSummary, 'waitingSince' | 'priority'>): number | undefined {
  return waitingSince === null ? undefined : Date.parse(waitingSince) - rankOf(priority) * PRIORITY_STEP_MS
}
