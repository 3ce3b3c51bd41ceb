import { ChatError, type Organization, type OrganizationRow } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { recordAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { homeOf, type MemberActor } from './actor.js'
import { deleteRowsOf } from './delete-rows.js'
import { lockMembers } from './members.js'
import type { Doer, OrganizationsContext } from './organizations.js'

type Context = Pick<OrganizationsContext, 'database' | 'clock' | 'generateId'>

const MOST_ORGANIZATIONS = 1_000

/** One organization, as its members see it. */
export async function loadOrganization(database: Database, organizationId: string): Promise<Organization> {
  const row = await database
    .of(organizationId)
    .selectFrom('organizations')
    .select(['id', 'name', 'created_at'])
    .where('id', '=', organizationId)
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such organization.')
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() }
}

/** Gives an organization another name. */
export async function renameOrganization(
  { database, clock }: Context,
  doer: Doer,
  { organizationId, name }: { organizationId: string; name: string },
): Promise<Organization> {
  await database.transaction(organizationId, async (transaction) => {
    const before = await transaction
      .selectFrom('organizations')
      .select('name')
      .where('id', '=', organizationId)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new ChatError('NOT_FOUND', 'No such organization.')
    if (before.name === name) return
    await transaction.updateTable('organizations').set({ name }).where('id', '=', organizationId).execute()
    const target = { kind: 'organization', id: organizationId, name }
    const changes = { name: { from: before.name, to: name } }
    await recordAct(transaction, organizationId, { ...doer, action: 'organization.update', target, changes }, clock())
  })
  return loadOrganization(database, organizationId)
}

/** Every organization of the server: for super admins. */
export async function listOrganizations(database: Database): Promise<OrganizationRow[]> {
  const { rows } = await sql<{ id: string; name: string; created_at: Date; widgets: number; members: number }>`
    select o.id, o.name, o.created_at,
      (select count(*)::int from widgets w where w.organization_id = o.id) as widgets,
      (select count(*)::int from members m where m.organization_id = o.id) as members
    from organizations o order by lower(o.name), o.id limit ${MOST_ORGANIZATIONS}`.execute(database.system)
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }))
}

/** Makes a tenant, and writes so into the trail of whoever made it, and as the first entry of its own. */
export async function foundOrganization(
  { database, clock, generateId }: Context,
  { actor, address }: Doer & { actor: MemberActor },
  { name }: { name: string },
): Promise<Organization> {
  const id = generateId()
  const at = clock()
  await database.transaction('system', async (transaction) => {
    await transaction.insertInto('organizations').values({ id, name, created_at: at }).execute()
    const target = { kind: 'organization', id, name }
    const act = { actor: atHome(actor), address, action: 'organization.create', target } as const
    await recordAct(transaction, homeOf(actor), act, at)
    await recordAct(transaction, id, { ...act, actor: { ...actor, visiting: true } }, at)
  })
  return { id, name, createdAt: at.toISOString() }
}

/**
 * Deletes an organization and all that is its own, but for its trail. Its visitors' and members' connections end as their
 * credentials do. Nobody deletes the one that they are a member of.
 */
export async function deleteOrganization(
  { database, clock }: Context,
  { actor, address }: Doer & { actor: MemberActor },
  { organizationId, name }: { organizationId: string; name: string },
): Promise<void> {
  await database.transaction('system', async (transaction) => {
    await lockMembers(transaction)
    const row = await transaction
      .selectFrom('organizations')
      .select('name')
      .where('id', '=', organizationId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new ChatError('NOT_FOUND', 'No such organization.')
    if (row.name !== name) throw new ChatError('VALIDATION_FAILED', 'This is not its name.', { field: 'name' })
    // As long as they stand, there is a super admin elsewhere.
    const isStanding = await transaction
      .selectFrom('members')
      .select('id')
      .where('organization_id', '=', homeOf(actor))
      .where('id', '=', actor.memberId)
      .where('role', '=', 'super_admin')
      .executeTakeFirst()
    if (organizationId === homeOf(actor) || !isStanding)
      throw new ChatError('FORBIDDEN', 'Nobody deletes the organization that they are a member of.')
    await deleteRowsOf(transaction, organizationId)
    const target = { kind: 'organization', id: organizationId, name }
    const act = { actor: atHome(actor), address, action: 'organization.delete', target } as const
    await recordAct(transaction, homeOf(actor), act, clock())
  })
}

function atHome(actor: MemberActor): MemberActor {
  return { ...actor, visiting: false }
}
