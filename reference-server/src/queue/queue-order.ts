import { PRIORITY_STEP_MS } from '@chatdesk/protocol'

/** A conversation that waits for an agent. */
export interface Queued {
  conversationId: string
  departmentId: string | null
  /** -1 low, 0 normal, 1 high, 2 urgent. */
  priority: number
  /** When the first message was written that nobody has answered, in milliseconds since the epoch. */
  waitingSince: number
}

/**
 * Sorts by rank, which is a conversation's wait and fifteen minutes for each step of its priority (L1). Both grow by the same
 * clock, so that the order of two never changes while they wait: whoever comes later overtakes for three steps at most, and
 * nobody starves. The same in SQL: `QUEUE_ORDER`.
 */
export function compareQueued(a: Queued, b: Queued): number {
  return (
    queueKey(a) - queueKey(b) ||
    (a.conversationId < b.conversationId ? -1 : Number(a.conversationId > b.conversationId))
  )
}

/** Protocol's `queueRank` of one that waits. */
export function queueKey({ waitingSince, priority }: Queued): number {
  return waitingSince - priority * PRIORITY_STEP_MS
}
