import type { DutyAgent } from './assign-waiting.js'
import type { Teammate } from './team.js'

/** Those who are there and available, as far as they take conversations at all (L2). */
export function onDuty(team: readonly Teammate[], there: ReadonlySet<string>, usualCapacity: number): DutyAgent[] {
  return team
    .filter(({ id, awaySince }) => awaySince === null && there.has(id))
    .map(({ id, load, capacity, lastAssignedAt }) => ({
      ...{ id, load },
      capacity: capacity ?? usualCapacity,
      lastAssignedAt: lastAssignedAt?.getTime() ?? null,
    }))
}
