import { ChatError, type ConversationSummary, type MessagePart, type SearchResult } from '@chatdesk/protocol'
import { serverId } from '@chatdesk/protocol/schemas'
import { type Kysely, sql } from 'kysely'
import { loadSummaries } from '../conversations/index.js'
import type { Database, Tables } from '../database/index.js'
import { excerptOf } from './excerpt.js'

/** More words find nothing that these do not. */
const MOST_WORDS = 8
/** Conversations that are shown of one visitor, the newest. */
const OF_A_VISITOR = 5
/** Before every id. */
const START = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What is sought. */
export interface SearchRequest {
  organizationId: string
  q: string
  /** Whether the caller may read what the team has noted. */
  notes: boolean
  limit: number
  cursor?: string | undefined
}

/** What has the words, as the database finds it. */
interface Entry {
  id: string
  kind: 'message' | 'note' | 'visitor' | 'session'
  subject_id: string
  seq: number | null
}

/** What it says, and in which conversation. */
interface Said {
  kind: Entry['kind']
  conversation_id: string
  seq: number | null
  parts: MessagePart[] | null
  text: string | null
  said_at: Date | null
}

/**
 * What of an organization's conversations has all these words, the last of them as a beginning, what was said last first:
 * messages, notes, and names and addresses of visitors (I4).
 */
export async function search(
  database: Database,
  request: SearchRequest,
): Promise<{ results: SearchResult[]; nextCursor: string | null }> {
  const { organizationId, limit } = request
  const query = database.of(organizationId)
  const entries = await findEntries(query, request)
  const hasMore = entries.length > limit
  if (hasMore) entries.pop()
  // Left out after the page is cut: what may not be read ends no search.
  const readable = request.notes ? entries : entries.filter(({ kind }) => kind !== 'note')
  const said = await readEntries(query, organizationId, readable)
  const ids = [...new Set(said.map((one) => one.conversation_id))]
  const rows = new Map((await loadSummaries(database, organizationId, ids)).map((row) => [row.id, row] as const))
  const results: SearchResult[] = []
  /** Of whom a conversation is shown already: the same name may be proved and said. */
  const named = new Set<string>()
  for (const one of said) {
    const conversation = rows.get(one.conversation_id)
    if (!conversation) continue
    const result = resultOf(one, conversation, request.q)
    if (result.in === 'visitor' && named.has(conversation.id)) continue
    if (result.in === 'visitor') named.add(conversation.id)
    results.push(result)
  }
  return { results, nextCursor: hasMore ? (entries.at(-1)?.id ?? null) : null }
}

async function findEntries(
  query: Kysely<Tables>,
  { organizationId, q, limit, cursor = START }: SearchRequest,
): Promise<Entry[]> {
  if (cursor !== START && !serverId.safeParse(cursor).success)
    throw new ChatError('VALIDATION_FAILED', 'Not a cursor of this search.', { field: 'cursor' })
  const { rows } = await sql<Entry>`
    select id, kind, subject_id, seq from search_in(${organizationId}::uuid, (string_to_array(search_text(${q}), ' '))[1:${MOST_WORDS}::int],
      ${cursor}::uuid, ${limit + 1}::int)`.execute(query)
  return rows
}

async function readEntries(query: Kysely<Tables>, organizationId: string, entries: readonly Entry[]): Promise<Said[]> {
  if (entries.length === 0) return []
  const column = <Name extends keyof Entry>(name: Name) => entries.map((entry) => entry[name])
  const { rows } = await sql<Said>`
    select h.kind, k.id as conversation_id, h.seq, e.body -> 'parts' as parts, coalesce(n.text, v.said, s.said) as text,
      coalesce(e.created_at, n.created_at) as said_at
    from unnest(${column('id')}::uuid[], ${column('kind')}::text[], ${column('subject_id')}::uuid[], ${column('seq')}::int[])
      with ordinality as h (id, kind, subject_id, seq, place)
    cross join lateral (
      select c.id from conversations c
      where h.kind in ('message', 'note') and c.organization_id = ${organizationId}::uuid and c.id = h.subject_id
      union all (
        select c.id from conversations c
        where h.kind = 'visitor' and c.organization_id = ${organizationId}::uuid and c.visitor_id = h.subject_id
        order by c.id desc limit ${OF_A_VISITOR}::int)
      union all (
        select c.id from conversations c
        where h.kind = 'session' and c.organization_id = ${organizationId}::uuid and c.session_id = h.subject_id
        order by c.id desc limit ${OF_A_VISITOR}::int)
    ) k
    left join lateral (
      select m.body, m.created_at from events m where h.kind = 'message' and m.organization_id = ${organizationId}::uuid
        and m.conversation_id = h.subject_id and m.seq = h.seq) e on true
    left join lateral (
      select m.text, m.created_at from conversation_notes m where h.kind = 'note' and m.organization_id = ${organizationId}::uuid
        and m.conversation_id = h.subject_id and m.id = h.id) n on true
    left join lateral (
      select concat_ws(' · ', m.name, m.email) as said from visitors m
      where h.kind = 'visitor' and m.organization_id = ${organizationId}::uuid and m.id = h.subject_id) v on true
    left join lateral (
      select concat_ws(' · ', m.traits ->> 'name', m.traits ->> 'email') as said from visitor_sessions m
      where h.kind = 'session' and m.organization_id = ${organizationId}::uuid and m.id = h.subject_id) s on true
    order by h.place, k.id desc`.execute(query)
  return rows
}

function resultOf(
  { kind, seq, parts, text, said_at }: Said,
  conversation: ConversationSummary,
  q: string,
): SearchResult {
  const where = kind === 'session' ? 'visitor' : kind
  const words = parts?.map((part) => ('title' in part ? `${part.title} ${part.text}` : part.text)).join(' ')
  return { in: where, conversation, seq, at: said_at?.toISOString() ?? null, ...excerptOf(words ?? text ?? '', q) }
}
