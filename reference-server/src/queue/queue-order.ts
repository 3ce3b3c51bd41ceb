import { PRIORITY_STEP_MS } from '@chatdesk/protocol'
import { type RawBuilder, sql } from 'kysely'
import { QUEUE_RANK } from '../conversations/index.js'
import { isAwake } from '../messages/index.js'

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
 * nobody starves. The same in SQL: `queueOrder`.
 */
export function compareQueued(a: Queued, b: Queued): number {
  return (
    a.waitingSince - a.priority * PRIORITY_STEP_MS - (b.waitingSince - b.priority * PRIORITY_STEP_MS) ||
    (a.conversationId < b.conversationId ? -1 : Number(a.conversationId > b.conversationId))
  )
}

/** `compareQueued` for conversations `k`. */
export const queueOrder = sql`${QUEUE_RANK}, k.id`

/** Whether conversation `k` is in the queue at this moment (C18). */
export function isQueued(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(k.status = 'waiting' and k.waiting_since is not null and ${isAwake(now)})`
}
