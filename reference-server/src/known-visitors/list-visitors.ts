import type { KnownVisitor } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import { visitorName } from '../conversations/index.js'
import type { Tables } from '../database/index.js'
import { decodeCursor, encodeCursor } from '../platform/page-cursor.js'

/** Visitors that one request looks at, at most: whoever searches goes on by the cursor, and no search reads a whole table. */
const LOOKED_AT = 2_000

/** Which visitors. */
export interface VisitorsRequest {
  organizationId: string
  /** Part of a name or an e-mail address, or a user's id at the site. */
  q?: string | undefined
  limit: number
  cursor?: string | undefined
  now: Date
}

interface Row {
  id: string
  name: string | null
  email: string | null
  identified: boolean
  said_name: string | null
  said_email: string | null
  last_seen_at: string
  page_url: string | null
  conversation_id: string | null
  reachable: boolean
}

interface Place {
  at: string
  id: string
}

/** A page of an organization's visitors, who was seen last first. */
export async function listVisitors(
  query: Kysely<Tables>,
  { organizationId, q = '', limit, cursor, now }: VisitorsRequest,
): Promise<{ visitors: KnownVisitor[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  const words = q.trim().toLowerCase()
  const { rows } = await sql<{ found: Row[]; looked_at: number; last: Place | null }>`
    with seen as materialized (
      select v.id, v.name, v.email, v.external_id, v.last_seen_at from visitors v
      where v.organization_id = ${organizationId}::uuid and v.created_at > '-infinity'
        and (v.last_seen_at, v.id) < (coalesce(${after?.at ?? null}::timestamptz, 'infinity'),
          coalesce(${after?.id ?? null}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by v.last_seen_at desc, v.id desc limit ${LOOKED_AT}::int
    ), found as (
      select seen.id, seen.name, seen.email, seen.external_id is not null as identified, seen.last_seen_at,
        s.traits ->> 'name' as said_name, s.traits ->> 'email' as said_email, s.page_url
      from seen
      left join lateral (
        select t.traits, t.page_url from visitor_sessions t
        where t.organization_id = ${organizationId}::uuid and t.visitor_id = seen.id
        order by t.last_seen_at desc, t.id desc limit 1
      ) s on true
      where ${words} = '' or seen.external_id = ${q.trim()}
        or strpos(lower(concat_ws(' ', seen.name, seen.email, s.traits ->> 'name', s.traits ->> 'email')), ${words}) > 0
      order by seen.last_seen_at desc, seen.id desc limit ${limit + 1}::int
    ), told as (
      select found.*,
        (select k.id from conversations k where k.organization_id = ${organizationId}::uuid and k.visitor_id = found.id
          and k.status <> 'resolved' order by k.updated_at desc, k.id desc limit 1) as conversation_id,
        exists (select from visitor_sessions t where t.organization_id = ${organizationId}::uuid
          and t.visitor_id = found.id and t.expires_at > ${now}::timestamptz and t.signed_out = false
          and t.successor_id is null) as reachable
      from found
    )
    select
      (select coalesce(json_agg(told order by told.last_seen_at desc, told.id desc), '[]') from told) as found,
      (select count(*)::int from seen) as looked_at,
      (select json_build_object('at', l.last_seen_at, 'id', l.id) from seen l order by l.last_seen_at, l.id limit 1) as last
    `.execute(query)
  const { found = [], looked_at: lookedAt = 0, last = null } = rows[0] ?? {}
  const page = found.slice(0, limit)
  const lastShown = page.at(-1)
  const ends = found.length > limit && lastShown ? { at: lastShown.last_seen_at, id: lastShown.id } : last
  const hasMore = found.length > limit || lookedAt === LOOKED_AT
  return {
    visitors: page.map(knownVisitorOf),
    nextCursor: hasMore && ends ? encodeCursor({ at: new Date(ends.at), id: ends.id }) : null,
  }
}

function knownVisitorOf(row: Row): KnownVisitor {
  const { id, name, email, said_name: saidName, said_email: saidEmail } = row
  return {
    id,
    name: visitorName({ id, name: name ?? saidName }),
    email: email ?? saidEmail,
    identified: row.identified,
    nameClaimed: name === null && saidName !== null,
    emailClaimed: email === null && saidEmail !== null,
    lastSeenAt: new Date(row.last_seen_at).toISOString(),
    pageUrl: row.page_url,
    conversationId: row.conversation_id,
    reachable: row.reachable,
  }
}
