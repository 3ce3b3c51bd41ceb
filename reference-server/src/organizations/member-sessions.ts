import { createHash } from 'node:crypto'
import type { CurrentMember, MemberRole, SignInSession } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { homeOf, type MemberActor } from './actor.js'

/** Milliseconds. */
const HOUR = 3_600_000
/** A sign-in ends this long after the last request of its member … */
const IDLE_MS = 8 * HOUR
/** … and this long after it began, whatever happens. */
export const ABSOLUTE_MS = 24 * HOUR
/** Activity is written down at most this often. */
const TOUCH_MS = 60_000
const LONGEST_USER_AGENT = 300

/** A sign-in that holds at this moment began, and was last used, after these. */
export function standingSignIn(now: Date): { beganAfter: Date; usedAfter: Date } {
  return { beganAfter: new Date(now.getTime() - ABSOLUTE_MS), usedAfter: new Date(now.getTime() - IDLE_MS) }
}

/** A valid sign-in. */
export interface SignedIn {
  actor: MemberActor
  current: CurrentMember
}

interface SessionRow {
  organization_id: string
  id: string
  member_id: string
  created_at: Date
  last_seen_at: Date
  email: string
  name: string
  role: MemberRole
  organization_name: string
  visit_id: string | null
  visit_reason: string | null
  visited_organization_id: string | null
  visited_organization_name: string | null
}

/**
 * What a changing request must repeat in a header (threat 16). Made from the session's token, so that it ends with it
 * and needs no place of its own; the token cannot be found from it. Another one in each visit: what a page was shown of one
 * organization, it changes in no other.
 */
function csrfTokenOf(token: string, visitId = ''): string {
  return createHash('sha256').update(`csrf ${visitId} ${token}`).digest('base64url')
}

/** Opens a session: a new token at every sign-in, whatever the browser held before (threat 37). */
export async function openMemberSession(
  database: Database,
  input: { id: string; organizationId: string; memberId: string; userAgent: string | undefined; now: Date },
): Promise<{ token: string }> {
  const { id, organizationId, memberId, userAgent, now } = input
  const token = createSecret('ms')
  await database
    .of(organizationId)
    .insertInto('member_sessions')
    .values({
      organization_id: organizationId,
      id,
      member_id: memberId,
      token_hash: hashSecret(token),
      user_agent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      created_at: now,
      last_seen_at: now,
    })
    .execute()
  await noteSeen(database, input, now)
  return { token }
}

function sessionQuery(database: Database, now: Date) {
  const { beganAfter, usedAfter } = standingSignIn(now)
  return database.system
    .selectFrom('member_sessions as s')
    .innerJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 's.organization_id').onRef('m.id', '=', 's.member_id'),
    )
    .innerJoin('organizations as o', 'o.id', 's.organization_id')
    .leftJoin('organizations as v', 'v.id', 's.visited_organization_id')
    .select(['s.organization_id', 's.id', 's.member_id', 's.created_at', 's.last_seen_at'])
    .select(['s.visit_id', 's.visit_reason', 's.visited_organization_id', 'v.name as visited_organization_name'])
    .select(['m.email', 'm.name', 'm.role', 'o.name as organization_name'])
    .where('s.created_at', '>', beganAfter)
    .where('s.last_seen_at', '>', usedAfter)
}

/** The visit that a session is on: nobody but a super admin is anybody's guest, whatever the row still says. */
function visitOf(row: SessionRow) {
  const { visit_id: id, visited_organization_id: organizationId, visited_organization_name: name } = row
  if (row.role !== 'super_admin' || id === null || organizationId === null) return undefined
  return { id, organizationId, name: name ?? '', reason: row.visit_reason ?? '' }
}

function actorOf(row: SessionRow): MemberActor {
  const visit = visitOf(row)
  return {
    kind: 'member',
    organizationId: visit?.organizationId ?? row.organization_id,
    memberId: row.member_id,
    role: row.role,
    name: row.name,
    memberSessionId: row.id,
    expiresAt: new Date(row.created_at.getTime() + ABSOLUTE_MS),
    ...(visit ? { visiting: true, visit: { id: visit.id, homeOrganizationId: row.organization_id } } : {}),
  }
}

/** Who holds this token; undefined when nobody does any more. Counts as activity. */
export async function findSignedIn(database: Database, token: string, now: Date): Promise<SignedIn | undefined> {
  const row = await sessionQuery(database, now).where('s.token_hash', '=', hashSecret(token)).executeTakeFirst()
  if (!row) return undefined
  const actor = actorOf(row)
  if (now.getTime() - row.last_seen_at.getTime() > TOUCH_MS) await touchMemberSession(database, actor, now)
  const home = { id: row.organization_id, name: row.organization_name }
  const visit = visitOf(row)
  return {
    actor,
    current: {
      member: { id: row.member_id, email: row.email, name: row.name, role: row.role },
      organization: visit ? { id: visit.organizationId, name: visit.name } : home,
      home,
      visiting: visit ? { reason: visit.reason } : null,
      csrfToken: csrfTokenOf(token, visit?.id),
    },
  }
}

/** The member behind a session that still stands. `session.organizationId` is where the session is at home. */
export async function findMemberBySession(
  database: Database,
  session: { organizationId: string; memberSessionId: string },
  now: Date,
): Promise<MemberActor | undefined> {
  const row = await sessionQuery(database, now)
    .where('s.organization_id', '=', session.organizationId)
    .where('s.id', '=', session.memberSessionId)
    .executeTakeFirst()
  return row && actorOf(row)
}

/**
 * Those whose sign-in still stands as they know it: there, in the same role, in the same organization. Asked for all
 * connections of a node at once (threat 33).
 */
export async function findStandingMembers(
  database: Database,
  actors: readonly MemberActor[],
  now: Date,
): Promise<Set<MemberActor>> {
  const rows = await sessionQuery(database, now)
    .where('s.organization_id', 'in', [...new Set(actors.map(homeOf))])
    .where('s.id', 'in', [...new Set(actors.map(({ memberSessionId }) => memberSessionId))])
    .execute()
  const found = new Map(rows.map((row) => [`${row.organization_id} ${row.id}`, actorOf(row)]))
  return new Set(actors.filter((actor) => isTheSame(actor, found.get(signInKeyOf(actor)))))
}

/** Names a sign-in among those of all organizations (threat 29). */
export function signInKeyOf(actor: MemberActor): string {
  return `${homeOf(actor)} ${actor.memberSessionId}`
}

function isTheSame(known: MemberActor, now: MemberActor | undefined): boolean {
  if (!now) return false
  return now.role === known.role && now.organizationId === known.organizationId && now.visit?.id === known.visit?.id
}

/** Writes down that the member was active. */
export async function touchMemberSession(database: Database, actor: MemberActor, now: Date): Promise<void> {
  await noteSeen(database, { organizationId: homeOf(actor), memberId: actor.memberId }, now)
  await database
    .of(homeOf(actor))
    .updateTable('member_sessions')
    .set({ last_seen_at: now })
    .where('organization_id', '=', homeOf(actor))
    .where('id', '=', actor.memberSessionId)
    .execute()
}

async function noteSeen(database: Database, member: { organizationId: string; memberId: string }, now: Date) {
  await database
    .of(member.organizationId)
    .updateTable('members')
    .set({ last_seen_at: now })
    .where('organization_id', '=', member.organizationId)
    .where('id', '=', member.memberId)
    .execute()
}

/** Where a member is signed in, the latest first. */
export async function listMemberSessions(database: Database, actor: MemberActor, now: Date): Promise<SignInSession[]> {
  const rows = await database
    .of(homeOf(actor))
    .selectFrom('member_sessions')
    .select(['id', 'created_at', 'last_seen_at', 'user_agent'])
    .where('organization_id', '=', homeOf(actor))
    .where('member_id', '=', actor.memberId)
    .where('created_at', '>', new Date(now.getTime() - ABSOLUTE_MS))
    .where('last_seen_at', '>', new Date(now.getTime() - IDLE_MS))
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ id, created_at, last_seen_at, user_agent }) => ({
    id,
    createdAt: created_at.toISOString(),
    lastSeenAt: last_seen_at.toISOString(),
    userAgent: user_agent,
    current: id === actor.memberSessionId,
  }))
}

/**
 * Ends sessions of one member, their tickets and, within seconds, their connections: only this one, all but this one, or
 * all. Answers how many there were.
 */
export async function closeMemberSessions(
  query: Kysely<Tables>,
  member: { organizationId: string; memberId: string },
  { only, allBut }: { only?: string; allBut?: string } = {},
): Promise<number> {
  const { numDeletedRows } = await query
    .deleteFrom('member_sessions')
    .where('organization_id', '=', member.organizationId)
    .where('member_id', '=', member.memberId)
    .$if(only !== undefined, (q) => q.where('id', '=', only ?? ''))
    .$if(allBut !== undefined, (q) => q.where('id', '<>', allBut ?? ''))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
