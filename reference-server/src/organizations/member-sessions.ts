import { createHash } from 'node:crypto'
import type { CurrentMember, MemberRole } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import type { MemberActor } from './actor.js'

/** Milliseconds. */
const HOUR = 3_600_000
/** A sign-in ends this long after the last request of its member … */
const IDLE_MS = 8 * HOUR
/** … and this long after it began, whatever happens. */
export const ABSOLUTE_MS = 24 * HOUR
/** Activity is written down at most this often. */
const TOUCH_MS = 60_000

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
}

/**
 * What a changing request must repeat in a header (threat 16). Made from the session's token, so that it ends with it
 * and needs no place of its own; the token cannot be found from it.
 */
export function csrfTokenOf(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url')
}

/** Opens a session: a new token at every sign-in, whatever the browser held before (threat 37). */
export async function openMemberSession(
  database: Database,
  input: { id: string; organizationId: string; memberId: string; now: Date },
): Promise<{ token: string }> {
  const { id, organizationId, memberId, now } = input
  const token = createSecret('ms')
  await database
    .of(organizationId)
    .deleteFrom('member_sessions')
    .where('organization_id', '=', organizationId)
    .where('member_id', '=', memberId)
    .where('created_at', '<', new Date(now.getTime() - ABSOLUTE_MS))
    .execute()
  await database
    .of(organizationId)
    .insertInto('member_sessions')
    .values({
      organization_id: organizationId,
      id,
      member_id: memberId,
      token_hash: hashSecret(token),
      created_at: now,
      last_seen_at: now,
    })
    .execute()
  return { token }
}

function sessionQuery(database: Database, now: Date) {
  return database.system
    .selectFrom('member_sessions as s')
    .innerJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 's.organization_id').onRef('m.id', '=', 's.member_id'),
    )
    .innerJoin('organizations as o', 'o.id', 's.organization_id')
    .select(['s.organization_id', 's.id', 's.member_id', 's.created_at', 's.last_seen_at'])
    .select(['m.email', 'm.name', 'm.role', 'o.name as organization_name'])
    .where('s.created_at', '>', new Date(now.getTime() - ABSOLUTE_MS))
    .where('s.last_seen_at', '>', new Date(now.getTime() - IDLE_MS))
}

function actorOf(row: SessionRow): MemberActor {
  return {
    kind: 'member',
    organizationId: row.organization_id,
    memberId: row.member_id,
    role: row.role,
    name: row.name,
    memberSessionId: row.id,
    expiresAt: new Date(row.created_at.getTime() + ABSOLUTE_MS),
  }
}

/** Who holds this token; undefined when nobody does any more. Counts as activity. */
export async function findSignedIn(database: Database, token: string, now: Date): Promise<SignedIn | undefined> {
  const row = await sessionQuery(database, now).where('s.token_hash', '=', hashSecret(token)).executeTakeFirst()
  if (!row) return undefined
  if (now.getTime() - row.last_seen_at.getTime() > TOUCH_MS) await touchMemberSession(database, actorOf(row), now)
  return {
    actor: actorOf(row),
    current: {
      member: { id: row.member_id, email: row.email, name: row.name, role: row.role },
      organization: { id: row.organization_id, name: row.organization_name },
      csrfToken: csrfTokenOf(token),
    },
  }
}

/** The member behind a session that still stands. */
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

/** Writes down that the member was active. */
export async function touchMemberSession(database: Database, actor: MemberActor, now: Date): Promise<void> {
  await database
    .of(actor.organizationId)
    .updateTable('member_sessions')
    .set({ last_seen_at: now })
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.memberSessionId)
    .execute()
}

/** Ends a session, its tickets and, at the next heartbeat, its connections. */
export async function closeMemberSession(database: Database, actor: MemberActor): Promise<void> {
  await database
    .of(actor.organizationId)
    .deleteFrom('member_sessions')
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.memberSessionId)
    .execute()
}
