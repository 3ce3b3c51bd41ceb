import { PRIORITIES, PRIORITY_STEP_MS, type Priority } from '@chatdesk/protocol'
import { sql } from 'kysely'

/** By what the queue is ordered (L1), of conversations `k`: protocol's `queueRank` in SQL. */
export const QUEUE_RANK = sql<Date>`(k.waiting_since - k.priority * ${PRIORITY_STEP_MS}::int * interval '1 millisecond')`

/** The priority of a row, whose rank the table checks. */
export function priorityOf(rank: number): Priority {
  return PRIORITIES[rank + 1] as Priority
}
