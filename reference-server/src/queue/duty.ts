import type { DutyAgent } from './assign-waiting.js'
import { expectedBack } from './expected-back.js'
import type { ExpectedAgent } from './expected-wait.js'
import type { QueueContext } from './queue-context.js'
import { loadTeam, membersOf, type Teammate } from './team.js'
import { serves } from './who-serves.js'

/** Those who are there and available, as far as they take conversations at all (L2). */
export function onDuty(team: readonly Teammate[], there: ReadonlySet<string>, usualCapacity: number): DutyAgent[] {
  return team
    .filter(({ id, awaySince }) => awaySince === null && there.has(id))
    .map((teammate) => agentOf(teammate, usualCapacity))
}

/** Those who are on duty, those who have said when they will be, and those who have gone so lately that they will be back. */
export function expectedOnDuty(
  team: readonly Teammate[],
  there: ReadonlySet<string>,
  usualCapacity: number,
  now: number,
): ExpectedAgent[] {
  const onDutyNow = onDuty(team, there, usualCapacity)
  const ids = new Set(onDutyNow.map(({ id }) => id))
  const back = team.flatMap((teammate) => {
    const { id, awaySince, lastSeenAt, backAt } = teammate
    const since = awaySince ?? lastSeenAt
    if (ids.has(id) || since === null) return []
    const expected = expectedBack({ since: since.getTime(), backAt: backAt?.getTime() ?? null }, now)
    return expected ? { ...agentOf(teammate, usualCapacity), ...expected } : []
  })
  return [...onDutyNow.map((agent) => ({ ...agent, backInMs: 0, guessed: false })), ...back]
}

function agentOf({ id, load, capacity, lastAssignedAt }: Teammate, usualCapacity: number): DutyAgent {
  return { id, load, capacity: capacity ?? usualCapacity, lastAssignedAt: lastAssignedAt?.getTime() ?? null }
}

/** Whether somebody is there and available who takes this conversation (L2), whatever they have to do. */
export async function isAnybodyOnDuty(
  { database, clock, whoIsThere }: Pick<QueueContext, 'database' | 'clock' | 'whoIsThere'>,
  { organizationId, conversationId }: { organizationId: string; conversationId: string },
): Promise<boolean> {
  const there = await whoIsThere({ organizationId, id: organizationId })
  if (there.size === 0) return false
  const query = database.of(organizationId)
  const team = await loadTeam(query, { organizationId, now: clock() })
  const conversation = await query
    .selectFrom('conversations')
    .select('department_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  const members = membersOf(team)
  return onDuty(team, there, 1).some(({ id }) => serves(id, conversation?.department_id ?? null, members))
}
