import { PRIORITIES, type Priority } from '@chatdesk/protocol'

/** The priority of a row, whose rank the table checks. */
export function priorityOf(rank: number): Priority {
  return PRIORITIES[rank + 1] as Priority
}
