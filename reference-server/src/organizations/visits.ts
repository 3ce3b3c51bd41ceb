import { ChatError } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import { type AuditedAct, recordAct } from '../audit/index.js'
import type { Database, Tables } from '../database/index.js'
import { homeOf, type MemberActor } from './actor.js'
import type { OrganizationsContext } from './organizations.js'

type Context = Pick<OrganizationsContext, 'database' | 'clock' | 'generateId'>

/**
 * Lets a super admin into another organization, for a reason that both organizations can read (threat 38). Written into
 * the sign-in itself: from now on its credential says that organization, and nothing else that a request says does.
 */
export async function beginVisit(
  { database, clock, generateId }: Context,
  actor: MemberActor,
  input: { organizationId: string; reason: string; address: string | null },
): Promise<void> {
  const { organizationId, reason, address } = input
  const home = homeOf(actor)
  const field = 'organizationId'
  if (organizationId === home) throw new ChatError('VALIDATION_FAILED', 'You are at home there.', { field })
  const now = clock()
  await database.transaction('system', async (transaction) => {
    const organization = await transaction
      .selectFrom('organizations')
      .select('name')
      .where('id', '=', organizationId)
      .executeTakeFirst()
    if (!organization) throw new ChatError('NOT_FOUND', 'No such organization.')
    await setVisit(transaction, actor, { id: generateId(), organizationId, reason })
    const acts = [visitAct(actor, organizationId, { name: organization.name, reason, address, begins: true })]
    // From one visit straight into the next.
    if (actor.visit) acts.push(visitAct(actor, actor.organizationId, { address, begins: false }))
    await recordBoth(transaction, home, acts, now)
  })
}

/** Ends a visit; live connections end within seconds. Without effect at home. */
export async function endVisit(
  { database, clock }: Context,
  actor: MemberActor,
  address: string | null,
): Promise<void> {
  if (!actor.visit) return
  await database.transaction('system', async (transaction) => {
    await setVisit(transaction, actor, undefined)
    await recordBoth(
      transaction,
      homeOf(actor),
      [visitAct(actor, actor.organizationId, { address, begins: false })],
      clock(),
    )
  })
}

async function setVisit(
  transaction: Transaction<Tables>,
  actor: MemberActor,
  visit: { id: string; organizationId: string; reason: string } | undefined,
): Promise<void> {
  await transaction
    .updateTable('member_sessions')
    .set({
      visit_id: visit?.id ?? null,
      visited_organization_id: visit?.organizationId ?? null,
      visit_reason: visit?.reason ?? null,
    })
    .where('organization_id', '=', homeOf(actor))
    .where('id', '=', actor.memberSessionId)
    .execute()
}

function visitAct(
  actor: MemberActor,
  organizationId: string,
  { name, reason, address, begins }: { name?: string; reason?: string; address: string | null; begins: boolean },
): AuditedAct {
  return {
    actor,
    address,
    action: 'organization.visit',
    target: { kind: 'organization', id: organizationId, ...(name === undefined ? {} : { name }) },
    changes: { visiting: { from: !begins, to: begins } },
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Each act into the trail of home and of the organization that it names; always in the same order, since each trail is locked. */
async function recordBoth(
  transaction: Transaction<Tables>,
  home: string,
  acts: readonly AuditedAct[],
  at: Date,
): Promise<void> {
  const entries = acts.flatMap((act) => [
    { organizationId: home, act: { ...act, actor: act.actor && { ...act.actor, visiting: false } } },
    { organizationId: act.target.id, act: { ...act, actor: act.actor && { ...act.actor, visiting: true } } },
  ])
  const inOrder = [...entries].sort((one, other) => (one.organizationId < other.organizationId ? -1 : 1))
  for (const { organizationId, act } of inOrder) await recordAct(transaction, organizationId, act, at)
}

/** What a guest reads of people: once for each thing and visit it is told to the organization that they visit (threat 38). */
export async function recordGuestRead(
  database: Database,
  actor: MemberActor,
  read: Pick<AuditedAct, 'action' | 'target' | 'address'>,
  at: Date,
): Promise<void> {
  const { visit, organizationId } = actor
  if (!visit) return
  await database.transaction(organizationId, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('visit_reads')
      .values({
        organization_id: organizationId,
        visit_id: visit.id,
        target_id: read.target.id,
        action: read.action,
        read_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows) await recordAct(transaction, organizationId, { ...read, actor }, at)
  })
}
