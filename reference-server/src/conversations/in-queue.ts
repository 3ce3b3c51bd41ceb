import { PRIORITY_STEP_MS } from '@chatdesk/protocol'
import { type RawBuilder, sql } from 'kysely'
import { isAwake } from '../messages/index.js'

const BEFORE_OTHERS = sql`k.priority * ${PRIORITY_STEP_MS}::int * interval '1 millisecond'`

/** By what the queue is ordered (L1), of conversations `k`: protocol's `queueRank` in SQL. */
export const QUEUE_RANK = sql<Date>`(k.waiting_since - ${BEFORE_OTHERS})`

/** The same of a conversation `k` that joins the queue now. */
export const rankAt = (now: Date): RawBuilder<Date> =>
  sql<Date>`(coalesce(k.waiting_since, ${now}::timestamptz) - ${BEFORE_OTHERS})`

/** The queue's order, for conversations `k`. */
export const QUEUE_ORDER = sql`${QUEUE_RANK}, k.id`

/** Whether conversation `k` is in the queue at this moment (C18). */
export function isQueued(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(k.status = 'waiting' and k.waiting_since is not null and ${isAwake(now)})`
}
