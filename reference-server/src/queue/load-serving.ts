import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'
import { loadTeam, membersOf } from './team.js'
import { serves } from './who-serves.js'

/** Who answers visitors and takes the conversations of a department (L2), whether they are there or not; the oldest member first. */
export async function loadServing(
  query: Kysely<Tables>,
  { organizationId, departmentId, now }: { organizationId: string; departmentId: string | null; now: Date },
): Promise<string[]> {
  const team = await loadTeam(query, { organizationId, now })
  const members = membersOf(team)
  return team.filter(({ id }) => serves(id, departmentId, members)).map(({ id }) => id)
}
