import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { Handled } from './expected-wait.js'
import type { Unanswered } from './off-duty.js'
import { isQueued, type Queued, queueOrder } from './queue-order.js'

/** How far back it is looked how long conversations take, in milliseconds. */
const LATELY_MS = 60 * 60_000

/** Whose queue, as of when. */
interface Which {
  organizationId: string
  now: Date
}

/** What waits, in its order, without that of the departments which are `closed`. */
export async function loadQueue(
  query: Kysely<Tables>,
  { organizationId, now, limit, closed = [] }: Which & { limit: number; closed?: readonly string[] },
): Promise<Queued[]> {
  const { rows } = await sql<Omit<Queued, 'waitingSince'> & { since: Date }>`
    select k.id as "conversationId", k.department_id as "departmentId", k.priority, k.waiting_since as since
    from conversations k
    where k.organization_id = ${organizationId}::uuid and ${isQueued(now)}
      and (k.department_id is null or k.department_id <> all (${closed}::uuid[]))
    order by ${queueOrder} limit ${limit}::int`.execute(query)
  return rows.map(({ since, ...row }) => ({ ...row, waitingSince: since.getTime() }))
}

/** What visitors wait for an answer in, of those agents' conversations. */
export async function loadUnanswered(
  query: Kysely<Tables>,
  organizationId: string,
  agentIds: readonly string[],
): Promise<Unanswered[]> {
  if (agentIds.length === 0) return []
  const { rows } = await sql<{ id: string; agent_id: string; since: Date }>`
    select k.id, k.agent_id, k.waiting_since as since from conversations k
    where k.organization_id = ${organizationId}::uuid and k.agent_id = any (${[...agentIds]}::uuid[])
      and k.status = 'assigned' and k.waiting_since is not null
    order by k.waiting_since, k.id`.execute(query)
  return rows.map(({ id, agent_id: agentId, since }) => ({
    conversationId: id,
    agentId,
    waitingSince: since.getTime(),
  }))
}

/** What the agents have done in the last hour. */
export async function loadHandled(query: Kysely<Tables>, { organizationId, now }: Which): Promise<Handled> {
  const from = new Date(now.getTime() - LATELY_MS)
  const { rows } = await sql<Handled>`
    with lately as (
      select assigned_at, handled_at from conversations
      where organization_id = ${organizationId}::uuid and status = 'assigned' and assigned_at is not null
      union all
      select assigned_at, handled_at from conversations
      where organization_id = ${organizationId}::uuid and handled_at > ${from}::timestamptz
    )
    select count(handled_at)::int as ended, coalesce(extract(epoch from sum(
      coalesce(handled_at, ${now}::timestamptz) - greatest(assigned_at, ${from}::timestamptz))), 0)::float8 * 1000 as "busyMs"
    from lately`.execute(query)
  return rows[0] ?? { busyMs: 0, ended: 0 }
}
