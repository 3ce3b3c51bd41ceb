import { ChatError, type InviteRow, type MemberRole, type ShowInviteResponse } from '@chatdesk/protocol'
import { recordAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { homeOf } from './actor.js'
import { requireGoodPassword } from './good-password.js'
import { MOST_MEMBERS } from './members.js'
import { type Doer, insertMember, normalizeEmail, type OrganizationsContext } from './organizations.js'
import { isAbove, requireRankOf } from './rank.js'
import { type Entered, enter } from './sign-in.js'

/** How long an invite works, in milliseconds. */
export const INVITE_MS = 72 * 3_600_000
const MOST_OPEN_INVITES = 200

/** A new invite and its secret, which is kept nowhere. */
export interface Invited {
  invite: InviteRow
  token: string
}

/**
 * Invites somebody: by a secret of 256 bits that works once, for 72 hours, for this e-mail, organization and role, which
 * is not above the inviter's (threat 34). An earlier invite for the same e-mail ends.
 */
export async function createInvite(
  { database, clock, generateId }: OrganizationsContext,
  doer: Doer,
  input: { organizationId: string; email: string; role: MemberRole },
): Promise<Invited> {
  const { organizationId, role } = input
  const { actor } = doer
  requireRankOf(actor, role)
  const email = normalizeEmail(input.email)
  const id = generateId()
  const token = createSecret('iv')
  const now = clock()
  const expiresAt = new Date(now.getTime() + INVITE_MS)
  await database.transaction(organizationId, async (transaction) => {
    const counted = await transaction
      .selectFrom('members')
      .select(({ fn }) => [
        fn.countAll<string>().as('members'),
        fn.countAll<string>().filterWhere('email', '=', email).as('known'),
      ])
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow()
    // Of other organizations' members nothing is told here: whoever holds the e-mail learns it when they accept.
    if (Number(counted.known) > 0)
      throw new ChatError('VALIDATION_FAILED', 'They are a member already.', { field: 'email' })
    await transaction
      .deleteFrom('invites')
      .where('organization_id', '=', organizationId)
      .where((eb) => eb.or([eb('email', '=', email), eb('expires_at', '<=', now)]))
      .execute()
    const { open } = await transaction
      .selectFrom('invites')
      .select(({ fn }) => fn.countAll<string>().as('open'))
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow()
    if (Number(open) >= MOST_OPEN_INVITES || Number(open) + Number(counted.members) >= MOST_MEMBERS)
      throw new ChatError('FORBIDDEN', 'Too many are invited already.')
    await transaction
      .insertInto('invites')
      .values({
        organization_id: organizationId,
        id,
        email,
        role,
        token_hash: hashSecret(token),
        inviter_organization_id: actor && homeOf(actor),
        inviter_id: actor?.memberId ?? null,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute()
    const target = { kind: 'invite', id, name: email }
    const changes = { role: { from: null, to: role } }
    await recordAct(transaction, organizationId, { ...doer, action: 'member.invite', target, changes }, now)
  })
  const invitedBy = actor && !actor.visiting ? { id: actor.memberId, name: actor.name } : null
  const dates = { createdAt: now.toISOString(), expiresAt: expiresAt.toISOString() }
  return { invite: { id, email, role, invitedBy, ...dates }, token }
}

/** The invites that are still open, the latest first. */
export async function listInvites(database: Database, organizationId: string, now: Date): Promise<InviteRow[]> {
  const rows = await database
    .of(organizationId)
    .selectFrom('invites as i')
    .leftJoin('members as m', (join) =>
      join
        .onRef('m.organization_id', '=', 'i.organization_id')
        .onRef('m.organization_id', '=', 'i.inviter_organization_id')
        .onRef('m.id', '=', 'i.inviter_id'),
    )
    .select(['i.id', 'i.email', 'i.role', 'i.created_at', 'i.expires_at', 'm.id as inviter_id', 'm.name as inviter'])
    .where('i.organization_id', '=', organizationId)
    .where('i.expires_at', '>', now)
    .orderBy('i.id', 'desc')
    .limit(MOST_OPEN_INVITES)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.inviter_id === null ? null : { id: row.inviter_id, name: row.inviter ?? '' },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** Takes an invite back; its link opens nothing any more. */
export async function revokeInvite(
  { database, clock }: OrganizationsContext,
  doer: Doer,
  { organizationId, inviteId }: { organizationId: string; inviteId: string },
): Promise<void> {
  await database.transaction(organizationId, async (transaction) => {
    const invite = await transaction
      .deleteFrom('invites')
      .where('organization_id', '=', organizationId)
      .where('id', '=', inviteId)
      .returning(['email', 'role'])
      .executeTakeFirst()
    if (!invite) throw new ChatError('NOT_FOUND', 'No such invite.')
    requireRankOf(doer.actor, invite.role)
    const target = { kind: 'invite', id: inviteId, name: invite.email }
    const changes = { role: { from: invite.role, to: null } }
    await recordAct(transaction, organizationId, { ...doer, action: 'member.invite', target, changes }, clock())
  })
}

/** The open invite behind a secret. Its inviter must still be somebody who could give this role. */
async function findInvite({ database, clock }: OrganizationsContext, token: string) {
  const row = await database.system
    .selectFrom('invites as i')
    .innerJoin('organizations as o', 'o.id', 'i.organization_id')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'i.inviter_organization_id').onRef('m.id', '=', 'i.inviter_id'),
    )
    .select(['i.organization_id', 'i.inviter_organization_id', 'i.id', 'i.email', 'i.role', 'i.expires_at'])
    .select(['o.name as organization', 'm.role as inviter_role'])
    .where('i.token_hash', '=', hashSecret(token))
    .where('i.expires_at', '>', clock())
    .executeTakeFirst()
  if (!row || !mayStillInvite(row)) throw new ChatError('NOT_FOUND', 'This invite is used, taken back or expired.')
  return row
}

function mayStillInvite(row: {
  organization_id: string
  inviter_organization_id: string | null
  role: MemberRole
  inviter_role: MemberRole | null
}): boolean {
  const { inviter_organization_id: inviterHome, inviter_role: inviterRole } = row
  if (inviterHome === null) return true
  if (inviterRole === null || isAbove(row.role, inviterRole) || isAbove('client_admin', inviterRole)) return false
  return inviterHome === row.organization_id || inviterRole === 'super_admin'
}

/** What a link invites to. */
export async function showInvite(context: OrganizationsContext, token: string): Promise<ShowInviteResponse> {
  const { email, role, organization, expires_at } = await findInvite(context, token)
  return { email, role, organization: { name: organization }, expiresAt: expires_at.toISOString() }
}

/** Uses an invite up: its e-mail becomes a member of its organization, in its role, and is signed in. */
export async function acceptInvite(
  context: OrganizationsContext,
  input: { token: string; name: string; password: string; address: string | null; userAgent: string | undefined },
): Promise<Entered> {
  const { database, passwords, clock, generateId } = context
  const { token, name, address, userAgent } = input
  const invite = await findInvite(context, token)
  requireGoodPassword(input.password, { field: 'password', email: invite.email })
  const passwordHash = await passwords.hash(input.password)
  const organizationId = invite.organization_id
  const memberId = generateId()
  await database.transaction(organizationId, async (transaction) => {
    // Of many at once one finds the row; deleting it is using it.
    const used = await transaction
      .deleteFrom('invites')
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashSecret(token))
      .returning(['email', 'role'])
      .executeTakeFirst()
    if (!used) throw new ChatError('NOT_FOUND', 'This invite is used, taken back or expired.')
    const { email, role } = used
    await insertMember(transaction, { organizationId, id: memberId, email, name, role, passwordHash, at: clock() })
    const actor = { memberId, name, role }
    const target = { kind: 'member', id: memberId, name }
    const changes = { role: { from: null, to: role } }
    await recordAct(transaction, organizationId, { actor, address, action: 'member.invite', target, changes }, clock())
  })
  return enter(context, { organizationId, memberId, userAgent })
}
