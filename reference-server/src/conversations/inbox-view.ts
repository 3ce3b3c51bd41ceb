import {
  type ConversationSummary,
  type InboxCounts,
  type InboxFilter,
  type InboxView,
  PRIORITY_STEP_MS,
  rankOf,
} from '@chatdesk/protocol'
import { MOST_COUNTED } from '@chatdesk/protocol/schemas'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { isAwake } from '../messages/index.js'
import { decodeCursor, encodeCursor } from '../platform/page-cursor.js'
import { isQueued, QUEUE_ORDER, QUEUE_RANK } from './in-queue.js'
import { readSummaries, type SummaryRow, summaryOf } from './inbox.js'

/** Unresolved conversations that are looked at to count them: more than any team has, and no more than is quickly read. */
const MOST_LOOKED_AT = 10_000

/** Whose inbox it is, and when. */
export interface Onlooker {
  organizationId: string
  memberId: string
  now: Date
}

/** Which rows. */
export interface ViewRequest extends Onlooker {
  view: InboxView
  filter: InboxFilter
  limit: number
  cursor?: string | undefined
}

const UNRESOLVED = sql<boolean>`k.status <> 'resolved'`
const FOR_PEOPLE = sql<boolean>`${UNRESOLVED} and k.status <> 'open'`

/** I3, as core's `isInView` has it for rows that a client holds. */
function viewCondition(view: InboxView, { memberId, now }: Pick<Onlooker, 'memberId' | 'now'>): RawBuilder<boolean> {
  const awake = isAwake(now)
  switch (view) {
    case 'mine':
      return sql`${FOR_PEOPLE} and k.agent_id = ${memberId}::uuid and ${awake}`
    case 'unassigned':
      return sql`${FOR_PEOPLE} and k.agent_id is null and ${awake}`
    case 'waiting':
      return isQueued(now)
    case 'all':
      return FOR_PEOPLE
    case 'assistant':
      return sql`${UNRESOLVED} and k.status = 'open' and ${awake}`
    case 'resolved':
      return sql`k.status = 'resolved'`
    case 'snoozed':
      return sql`${UNRESOLVED} and not ${awake}`
  }
}

function filterCondition({ tagId, departmentId, priority, agentId, widgetId }: InboxFilter): RawBuilder<boolean> {
  const conditions = [sql<boolean>`true`]
  if (departmentId !== undefined) conditions.push(sql`k.department_id = ${departmentId}::uuid`)
  if (priority !== undefined) conditions.push(sql`k.priority = ${rankOf(priority)}::int`)
  if (agentId !== undefined) conditions.push(sql`k.agent_id = ${agentId}::uuid`)
  if (widgetId !== undefined) conditions.push(sql`k.widget_id = ${widgetId}::uuid`)
  if (tagId !== undefined)
    conditions.push(sql`exists (select from conversation_tags t where t.organization_id = k.organization_id
      and t.conversation_id = k.id and t.tag_id = ${tagId}::uuid)`)
  return sql.join(conditions, sql` and `)
}

/** By what a view is ordered, so that a page knows where the next one begins. */
function orderOf(view: InboxView): {
  order: RawBuilder<unknown>
  behind: (cursor: string) => RawBuilder<boolean>
  placeOf: (row: SummaryRow) => Date
} {
  if (view === 'waiting')
    return {
      order: QUEUE_ORDER,
      behind(cursor) {
        const { at, id } = decodeCursor(cursor)
        return sql`(${QUEUE_RANK}, k.id) > (${at}::timestamptz, ${id}::uuid)`
      },
      placeOf: (row) => new Date((row.waiting_since ?? row.created_at).getTime() - row.priority * PRIORITY_STEP_MS),
    }
  return {
    order: sql`k.listed_at desc, k.id desc`,
    behind(cursor) {
      const { at, id } = decodeCursor(cursor)
      return sql`(k.listed_at, k.id) < (${at}::timestamptz, ${id}::uuid)`
    },
    placeOf: (row) => row.listed_at,
  }
}

/** A page of a view of the inbox (I3): most recently changed first, to the minute; `waiting` in the queue's order (L1). */
export async function loadView(
  query: Kysely<Tables>,
  request: ViewRequest,
): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }> {
  const { organizationId, view, filter, limit, cursor } = request
  const { order, behind, placeOf } = orderOf(view)
  // The second is the condition of the inbox's indexes, and always holds.
  const condition = sql<boolean>`k.organization_id = ${organizationId}::uuid and k.created_at > '-infinity'
    and ${viewCondition(view, request)} and ${filterCondition(filter)}
    and ${cursor === undefined ? sql`true` : behind(cursor)}`
  const rows = await readSummaries(query, condition, limit + 1, order)
  const hasMore = rows.length > limit
  if (hasMore) rows.pop()
  const last = rows.at(-1)
  const nextCursor = hasMore && last ? encodeCursor({ at: placeOf(last), id: last.id }) : null
  // Pages are cut to the minute; within a page the order is exact.
  if (view !== 'waiting') rows.sort((a, b) => b.updated_at.getTime() - a.updated_at.getTime())
  return { conversations: rows.map(summaryOf), nextCursor }
}

/** How many rows each view has, up to `MOST_COUNTED`. */
export async function countViews(query: Kysely<Tables>, onlooker: Onlooker): Promise<InboxCounts> {
  const counted = (view: InboxView) =>
    sql`least(count(*) filter (where ${viewCondition(view, onlooker)}), ${MOST_COUNTED}::int)::int as ${sql.ref(view)}`
  const { rows } = await sql<InboxCounts>`
    select ${counted('mine')}, ${counted('unassigned')}, ${counted('waiting')}, ${counted('all')}, ${counted('assistant')},
      ${counted('snoozed')}, (
        select count(*)::int from (
          select from conversations k where k.organization_id = ${onlooker.organizationId}::uuid and k.created_at > '-infinity'
            and k.status = 'resolved' limit ${MOST_COUNTED}::int
        ) r
      ) as resolved
    from (
      select * from conversations k where k.organization_id = ${onlooker.organizationId}::uuid
        and k.created_at > '-infinity' and ${UNRESOLVED} order by k.listed_at desc, k.id desc limit ${MOST_LOOKED_AT}::int
    ) k`.execute(query)
  const [counts] = rows
  if (!counts) throw new Error('The database counted nothing.')
  return counts
}
