import { ChatError, LONGEST_AWAY_MS, type MemberRole, type TeamMember } from '@chatdesk/protocol'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { isAwake } from '../messages/index.js'
import { isAnswering } from '../organizations/index.js'
import type { DepartmentMembers } from './who-serves.js'

/** A member who answers visitors, as the tables have them. */
export interface Teammate {
  id: string
  name: string
  role: MemberRole
  awaySince: Date | null
  /** When they have said that they will be back, be that past or not. */
  backAt: Date | null
  /** To the minute; null: never. */
  lastSeenAt: Date | null
  /** Null: as the organization says. */
  capacity: number | null
  lastAssignedAt: Date | null
  load: number
  departmentIds: string[]
}

/** The team, the oldest member first; `memberId`: that one alone. */
export async function loadTeam(
  query: Kysely<Tables>,
  { organizationId, now, memberId = null }: { organizationId: string; now: Date; memberId?: string | null },
): Promise<Teammate[]> {
  const { rows } = await sql<Teammate>`
    with loads as (
      select k.agent_id, count(*)::int as load from conversations k
      where k.organization_id = ${organizationId}::uuid and k.status = 'assigned' and ${isAwake(now)} group by 1
    )
    select g.id, g.name, g.role, g.last_seen_at as "lastSeenAt", s.away_since as "awaySince", s.back_at as "backAt", s.capacity,
      s.last_assigned_at as "lastAssignedAt",
      coalesce(l.load, 0) as load,
      array(select d.department_id from department_members d
        where d.organization_id = g.organization_id and d.member_id = g.id order by 1) as "departmentIds"
    from members g
    left join agent_states s on s.organization_id = g.organization_id and s.member_id = g.id
    left join loads l on l.agent_id = g.id
    where g.organization_id = ${organizationId}::uuid and (${memberId}::uuid is null or g.id = ${memberId}::uuid)
    order by g.id`.execute(query)
  return rows.filter(({ role }) => isAnswering(role))
}

/** Who belongs to which department, whether they are there or not. */
export function membersOf(team: readonly Teammate[]): DepartmentMembers {
  const members = new Map<string, Set<string>>()
  for (const { id, departmentIds } of team)
    for (const departmentId of departmentIds)
      members.set(departmentId, (members.get(departmentId) ?? new Set()).add(id))
  return members
}

/** What is absent stays. */
export interface TeammateUpdate {
  availability?: TeamMember['availability'] | undefined
  /** Counts with `away` alone; absent beside it: they do not say. */
  backAt?: Date | null | undefined
  capacity?: number | null | undefined
  departmentIds?: readonly string[] | undefined
}

/** Changes how a member of the team takes conversations; answers with them as they were and as they are. */
export async function updateTeammate(
  transaction: Transaction<Tables>,
  { organizationId, memberId, now }: { organizationId: string; memberId: string; now: Date },
  { availability, backAt = null, capacity, departmentIds }: TeammateUpdate,
  /** Throws where this one may not be changed. */
  check: (member: Teammate) => void,
): Promise<{ before: Teammate; after: Teammate }> {
  if (backAt) requireSoon(backAt, now)
  const which = { organizationId, memberId, now }
  const load = async () => {
    const [member] = await loadTeam(transaction, which)
    if (!member) throw new ChatError('NOT_FOUND', 'Nobody of the team.')
    return member
  }
  check(await load())
  await transaction
    .insertInto('agent_states')
    .values({ organization_id: organizationId, member_id: memberId })
    .onConflict((conflict) => conflict.columns(['organization_id', 'member_id']).doNothing())
    .execute()
  // Held, so that of two who change somebody at once the second finds what the first has left.
  await sql`select from agent_states where organization_id = ${organizationId}::uuid and member_id = ${memberId}::uuid
    for update`.execute(transaction)
  const before = await load()
  const awaySince = availability === 'away' ? (before.awaySince ?? now) : null
  const changed = {
    ...(availability === undefined ? {} : { away_since: awaySince, back_at: awaySince && backAt }),
    ...(capacity === undefined ? {} : { capacity }),
  }
  if (Object.keys(changed).length > 0)
    await transaction
      .updateTable('agent_states')
      .set(changed)
      .where('organization_id', '=', organizationId)
      .where('member_id', '=', memberId)
      .execute()
  if (departmentIds) await setDepartments(transaction, which, [...new Set(departmentIds)])
  return { before, after: await load() }
}

function requireSoon(backAt: Date, now: Date): void {
  const problem =
    backAt <= now ? 'is past' : backAt.getTime() - now.getTime() > LONGEST_AWAY_MS ? 'is too far away' : null
  if (problem) throw new ChatError('VALIDATION_FAILED', `backAt: this ${problem}.`, { field: 'backAt' })
}

async function setDepartments(
  transaction: Transaction<Tables>,
  { organizationId, memberId }: { organizationId: string; memberId: string },
  wanted: readonly string[],
): Promise<void> {
  await sql`
    delete from department_members where organization_id = ${organizationId}::uuid and member_id = ${memberId}::uuid
      and department_id <> all (${wanted}::uuid[])`.execute(transaction)
  const { rows } = await sql<{ known: number }>`
    with known as (
      select d.organization_id, d.id from departments d
      where d.organization_id = ${organizationId}::uuid and d.id = any (${wanted}::uuid[]) for key share
    ), added as (
      insert into department_members (organization_id, department_id, member_id)
      select known.organization_id, known.id, ${memberId}::uuid from known on conflict do nothing
    )
    select count(*)::int as known from known`.execute(transaction)
  if (rows[0]?.known !== wanted.length)
    throw new ChatError('VALIDATION_FAILED', 'departmentIds: no such department.', { field: 'departmentIds' })
}
