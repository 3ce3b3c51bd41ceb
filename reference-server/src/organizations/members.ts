import { ChatError, type MemberRole, type MemberRow } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import { recordAct } from '../audit/index.js'
import type { Database, Tables } from '../database/index.js'
import { releaseConversations } from '../messages/index.js'
import type { Doer, OrganizationsContext } from './organizations.js'
import { isAnswering } from './policy.js'
import { isAbove, isAdmin, requireRankOf } from './rank.js'

/** More are not listed, nor invited. */
export const MOST_MEMBERS = 1_000

const ROW = ['id', 'email', 'name', 'role', 'created_at', 'last_seen_at'] as const

interface Row {
  id: string
  email: string
  name: string
  role: MemberRole
  created_at: Date
  last_seen_at: Date | null
}

function toMemberRow({ id, email, name, role, created_at, last_seen_at }: Row): MemberRow {
  const lastSeenAt = last_seen_at?.toISOString() ?? null
  return { id, email, name, role, createdAt: created_at.toISOString(), lastSeenAt }
}

/** What these are called; of whom there is no more, nothing. */
export async function loadMemberNames(
  database: Database,
  organizationId: string,
  memberIds: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const query = database.of(organizationId).selectFrom('members').select(['id', 'name'])
  return await query.where('organization_id', '=', organizationId).where('id', 'in', memberIds).execute()
}

/** Everybody of an organization, the oldest first. */
export async function listMembers(database: Database, organizationId: string): Promise<MemberRow[]> {
  const rows = await database
    .of(organizationId)
    .selectFrom('members')
    .select(ROW)
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .limit(MOST_MEMBERS)
    .execute()
  return rows.map(toMemberRow)
}

/** One after the other, on all nodes: of two admins who demote each other one must stay. */
export async function lockMembers(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('members', 0))`.execute(transaction)
}

/** The member, for somebody who may touch them. */
async function findToChange(
  transaction: Transaction<Tables>,
  { actor }: Doer,
  { organizationId, memberId }: { organizationId: string; memberId: string },
): Promise<Row> {
  const member = await transaction
    .selectFrom('members')
    .select(ROW)
    .where('organization_id', '=', organizationId)
    .where('id', '=', memberId)
    .executeTakeFirst()
  if (!member) throw new ChatError('NOT_FOUND', 'No such member.')
  requireRankOf(actor, member.role)
  return member
}

/** Somebody must be left to look after the server, and after the organization. `role` undefined: the member goes. */
async function requireSomebodyElse(
  transaction: Transaction<Tables>,
  organizationId: string,
  member: Row,
  role: MemberRole | undefined,
): Promise<void> {
  if (member.role === 'super_admin' && role !== 'super_admin') {
    const { rows } = await sql<{ is: boolean }>`select has_other_super_admin(${member.id}::uuid) as is`.execute(
      transaction,
    )
    if (!rows[0]?.is) throw new ChatError('FORBIDDEN', 'This is the last super admin.')
  }
  if (!isAdmin(member.role) || (role && isAdmin(role))) return
  const other = await transaction
    .selectFrom('members')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '<>', member.id)
    .where('role', 'in', ['super_admin', 'client_admin'])
    .limit(1)
    .executeTakeFirst()
  if (!other) throw new ChatError('FORBIDDEN', 'This is the last admin of the organization.')
}

/**
 * Changes a name or a role. A lower role ends what only the higher one could have begun: visits, and, when somebody
 * comes by one, invites to roles above it; whoever answers no more has no conversations either (C8). Live connections end
 * within seconds, since they know another role (threat 33).
 */
export async function updateMember(
  { database, changes, clock }: Pick<OrganizationsContext, 'database' | 'changes' | 'clock'>,
  doer: Doer,
  input: { organizationId: string; memberId: string; name?: string | undefined; role?: MemberRole | undefined },
): Promise<MemberRow> {
  const { organizationId, memberId } = input
  const at = clock()
  const { row, released } = await database.transaction(organizationId, async (transaction) => {
    await lockMembers(transaction)
    const before = await findToChange(transaction, doer, input)
    const after = { ...before, name: input.name ?? before.name, role: input.role ?? before.role }
    requireRankOf(doer.actor, after.role)
    if (after.name === before.name && after.role === before.role) return { row: before, released: [] }
    if (isAbove(before.role, after.role)) {
      await requireSomebodyElse(transaction, organizationId, before, after.role)
      await transaction
        .updateTable('member_sessions')
        .set({ visit_id: null, visited_organization_id: null, visit_reason: null })
        .where('organization_id', '=', organizationId)
        .where('member_id', '=', memberId)
        .execute()
    }
    await transaction
      .updateTable('members')
      .set({ name: after.name, role: after.role })
      .where('organization_id', '=', organizationId)
      .where('id', '=', memberId)
      .execute()
    const stays = !isAnswering(before.role) || isAnswering(after.role)
    const released = stays ? [] : await releaseConversations(transaction, { organizationId, agentId: memberId }, at)
    const changed = {
      ...(before.name === after.name ? {} : { name: { from: before.name, to: after.name } }),
      ...(before.role === after.role ? {} : { role: { from: before.role, to: after.role } }),
    }
    const target = { kind: 'member', id: memberId, name: after.name }
    await recordAct(transaction, organizationId, { ...doer, action: 'member.update', target, changes: changed }, at)
    return { row: after, released }
  })
  for (const change of released) changes.emit(change)
  return toMemberRow(row)
}

/** Takes a member away, with their sign-ins, API tokens and invites; what they did and said stays. */
export async function removeMember(
  { database, changes, clock }: Pick<OrganizationsContext, 'database' | 'changes' | 'clock'>,
  doer: Doer,
  input: { organizationId: string; memberId: string },
): Promise<void> {
  const { organizationId, memberId } = input
  const at = clock()
  const released = await database.transaction(organizationId, async (transaction) => {
    await lockMembers(transaction)
    const member = await findToChange(transaction, doer, input)
    await requireSomebodyElse(transaction, organizationId, member, undefined)
    const released = await releaseConversations(transaction, { organizationId, agentId: memberId }, at)
    await transaction
      .deleteFrom('members')
      .where('organization_id', '=', organizationId)
      .where('id', '=', memberId)
      .execute()
    const target = { kind: 'member', id: memberId, name: member.name }
    const lost = { email: { from: member.email, to: null }, role: { from: member.role, to: null } }
    await recordAct(transaction, organizationId, { ...doer, action: 'member.remove', target, changes: lost }, at)
    return released
  })
  for (const change of released) changes.emit(change)
}
