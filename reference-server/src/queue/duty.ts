import type { DutyAgent } from './assign-waiting.js'
import { backAfter, type ExpectedAgent } from './expected-wait.js'
import type { QueueContext } from './queue-context.js'
import { loadTeam, type Teammate } from './team.js'

/** Those who are there and available, as far as they take conversations at all (L2). */
export function onDuty(team: readonly Teammate[], there: ReadonlySet<string>, usualCapacity: number): DutyAgent[] {
  return team
    .filter(({ id, awaySince }) => awaySince === null && there.has(id))
    .map((teammate) => agentOf(teammate, usualCapacity))
}

/** Those who are on duty, and those who have gone so lately that they will be back. */
export function expectedOnDuty(
  team: readonly Teammate[],
  there: ReadonlySet<string>,
  usualCapacity: number,
  now: number,
): ExpectedAgent[] {
  const onDutyNow = onDuty(team, there, usualCapacity)
  const ids = new Set(onDutyNow.map(({ id }) => id))
  const back = team.flatMap((teammate) => {
    const goneSince = teammate.awaySince ?? teammate.lastSeenAt
    const backInMs = ids.has(teammate.id) || goneSince === null ? null : backAfter(now - goneSince.getTime())
    return backInMs === null ? [] : { ...agentOf(teammate, usualCapacity), backInMs }
  })
  return [...onDutyNow.map((agent) => ({ ...agent, backInMs: 0 })), ...back]
}

function agentOf({ id, load, capacity, lastAssignedAt }: Teammate, usualCapacity: number): DutyAgent {
  return { id, load, capacity: capacity ?? usualCapacity, lastAssignedAt: lastAssignedAt?.getTime() ?? null }
}

/** Whether somebody is there and available, whatever they have to do. */
export async function isAnybodyOnDuty(
  { database, clock, whoIsThere }: Pick<QueueContext, 'database' | 'clock' | 'whoIsThere'>,
  organizationId: string,
): Promise<boolean> {
  const there = await whoIsThere({ organizationId, id: organizationId })
  if (there.size === 0) return false
  const team = await loadTeam(database.of(organizationId), { organizationId, now: clock() })
  return onDuty(team, there, 1).length > 0
}
