import {
  type Author,
  type ConversationStatus,
  type ConversationSummary,
  LIMITS,
  type VisitorProof,
} from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import { decodeCursor, encodeCursor } from '../platform/page-cursor.js'
import { tellsOfPayment } from './payment-news.js'
import { priorityOf } from './priorities.js'
import { visitorName } from './visitor-name.js'

/** How long a write may be under way and still be found by `loadVersions`: well above every timeout of a statement. */
const MARGIN_MS = 60_000

/** A conversation's row with the names that stand elsewhere. */
export interface SummaryRow {
  id: string
  version: number
  status: ConversationStatus
  visitor_id: string
  visitor_name: string | null
  name_claimed: boolean
  visitor_email: string | null
  proof: VisitorProof | null
  agent: Author | null
  head_seq: number
  unread_count: number
  last_message_author: Author | null
  last_message_text: string | null
  last_message_at: Date | null
  of_payment: boolean
  waiting_since: Date | null
  page_url: string | null
  widget_id: string
  priority: number
  tag_ids: string[]
  department_id: string | null
  snoozed_until: Date | null
  notes: number
  mentioned: { member_id: string; at: string }[] | null
  paged: { member_ids: string[]; at: string } | null
  rating: number | null
  rating_comment: string | null
  created_at: Date
  updated_at: Date
  listed_at: Date
}

/** A row as agents see it. */
export function summaryOf(row: SummaryRow): ConversationSummary {
  const { last_message_author: author, last_message_text: text, last_message_at: at } = row
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    visitor: {
      id: row.visitor_id,
      name: visitorName({ id: row.visitor_id, name: row.visitor_name }),
      identified: row.proof !== null,
      ...(row.proof !== null && row.name_claimed ? { nameClaimed: true as const } : {}),
      ...(row.proof === null ? {} : { proof: row.proof }),
      ...(row.proof === null || row.visitor_email === null ? {} : { email: row.visitor_email }),
    },
    agent: row.agent,
    headSeq: row.head_seq,
    unread: row.unread_count,
    lastMessage:
      author && at
        ? {
            ...{ author, text: text ?? '', createdAt: at.toISOString() },
            ...(row.of_payment ? { ofPayment: true as const } : {}),
          }
        : null,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    pageUrl: row.page_url,
    widgetId: row.widget_id,
    priority: priorityOf(row.priority),
    tagIds: row.tag_ids,
    departmentId: row.department_id,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    notes: row.notes,
    ...(row.mentioned === null
      ? {}
      : {
          mentioned: row.mentioned.map(({ member_id, at }) => ({
            memberId: member_id,
            at: new Date(at).toISOString(),
          })),
        }),
    ...(row.paged === null
      ? {}
      : { paged: { memberIds: row.paged.member_ids, at: new Date(row.paged.at).toISOString() } }),
    ...(row.rating === null
      ? {}
      : { rating: { score: row.rating, ...(row.rating_comment === null ? {} : { comment: row.rating_comment }) } }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** C18: until when a conversation `k` is snoozed, if its visitor has not written since. */
const SNOOZED_UNTIL: RawBuilder<Date | null> = sql`case when
  (k.last_message_author ->> 'kind' = 'visitor' and k.last_message_at > k.snoozed_at) is not true then k.snoozed_until end`

/** Whom the notes of a conversation `k` name, and when last; who names themselves knows of it. Few conversations have any. */
const MENTIONED: RawBuilder<SummaryRow['mentioned']> = sql`case when k.notes > 0 then (
  select json_agg(json_build_object('member_id', m.id, 'at', m.at) order by m.id) from (
    select named.id, max(n.created_at) as at from conversation_notes n cross join unnest(n.mentions) as named (id)
    where n.organization_id = k.organization_id and n.conversation_id = k.id and named.id is distinct from n.member_id
    group by named.id) m) end`

/** Whom the last hand-off of a conversation `k` has called, as long as nobody has answered (B17). */
const PAGED: RawBuilder<SummaryRow['paged']> =
  sql`case when k.waiting_since is not null and k.status <> 'resolved' then (
  select json_build_object('member_ids', p.member_ids, 'at', p.paged_at) from urgent_pages p
  where p.organization_id = k.organization_id and p.conversation_id = k.id and p.paged_at >= k.waiting_since
  order by p.owner_version desc limit 1) end`

/** Whether the last message of a conversation `k` tells of a payment (P6). */
const OF_PAYMENT: RawBuilder<boolean> = sql`k.last_message_author ->> 'kind' = 'system' and ${tellsOfPayment(sql`k.last_message_at`)}`

/** Rows of conversations `k`; unless told otherwise most recently changed first, to the minute. */
export async function readSummaries(
  query: Kysely<Tables>,
  condition: RawBuilder<boolean>,
  limit: number,
  order: RawBuilder<unknown> = sql`k.listed_at desc, k.id desc`,
): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select k.id, k.version, k.status, k.visitor_id, k.head_seq, k.unread_count,
      k.last_message_author, k.last_message_text, k.last_message_at, k.waiting_since, k.page_url, k.widget_id, k.priority, k.department_id, k.notes,
      ${MENTIONED} as mentioned, ${PAGED} as paged, ${OF_PAYMENT} as of_payment, ${SNOOZED_UNTIL} as snoozed_until,
      array(select t.tag_id from conversation_tags t where t.organization_id = k.organization_id and t.conversation_id = k.id order by t.tag_id) as tag_ids,
      k.rating, k.rating_comment, k.created_at,
      k.updated_at, k.listed_at, s.proof, v.email as visitor_email, coalesce(v.name, s.traits ->> 'name') as visitor_name,
      v.name is null and s.traits ->> 'name' is not null as name_claimed,
      case when k.agent_id is not null then json_build_object('kind', 'agent', 'id', g.id, 'name', g.name) end as agent
    from conversations k
    join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
    join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    left join members g on g.organization_id = k.organization_id and g.id = k.agent_id
    where ${condition}
    order by ${order} limit ${limit}::int`.execute(query)
  return rows
}

/** A page of an organization's conversations, most recently changed first, to the minute (I1). */
export async function loadInbox(
  database: Database,
  input: { organizationId: string; limit: number; cursor?: string | undefined },
): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }> {
  const limit = Math.min(Math.max(input.limit, 1), LIMITS.inboxPage)
  // The second half is the condition of the inbox's index, and always holds.
  const ofOrganization = sql<boolean>`k.organization_id = ${input.organizationId}::uuid and k.created_at > '-infinity'`
  const position = input.cursor === undefined ? undefined : decodeCursor(input.cursor)
  const condition = position
    ? sql<boolean>`${ofOrganization} and (k.listed_at, k.id) < (${position.at}::timestamptz, ${position.id}::uuid)`
    : ofOrganization
  const rows = await readSummaries(database.of(input.organizationId), condition, limit + 1)
  const hasMore = rows.length > limit
  if (hasMore) rows.pop()
  const last = rows.at(-1)
  const nextCursor = hasMore && last ? encodeCursor({ at: last.listed_at, id: last.id }) : null
  // Pages are cut to the minute; within a page the order is exact.
  rows.sort((a, b) => b.updated_at.getTime() - a.updated_at.getTime())
  return { conversations: rows.map(summaryOf), nextCursor }
}

/** The rows of these conversations, in no particular order; what is not the organization's is left out. */
export async function loadSummaries(
  database: Database,
  organizationId: string,
  conversationIds: readonly string[],
): Promise<ConversationSummary[]> {
  if (conversationIds.length === 0) return []
  const condition = sql<boolean>`k.organization_id = ${organizationId}::uuid and k.id = any (${[...conversationIds]}::uuid[])`
  return (await readSummaries(database.of(organizationId), condition, conversationIds.length)).map(summaryOf)
}

/**
 * Ids and versions of the rows that changed within the last so many milliseconds, and within a margin before: a change is
 * dated when its transaction begins, and seen when it has ended.
 */
export async function loadVersions(
  database: Database,
  organizationIds: readonly string[],
  withinMs: number,
): Promise<{ organizationId: string; conversationId: string; version: number }[]> {
  const { rows } = await sql<{ organization_id: string; id: string; version: number }>`
    select organization_id, id, version from conversations
    where organization_id = any (${[...organizationIds]}::uuid[])
      and version_at >= date_trunc('minute', now() - ${withinMs + MARGIN_MS} * interval '1 millisecond')`.execute(
    database.of(...organizationIds),
  )
  return rows.map((row) => ({ organizationId: row.organization_id, conversationId: row.id, version: row.version }))
}
