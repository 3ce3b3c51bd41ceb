import { type Kysely, sql } from 'kysely'
import { isQueued, QUEUE_ORDER } from '../conversations/index.js'
import type { Tables } from '../database/index.js'
import { isAwake } from '../messages/index.js'
import { type Arrivals, arrivalRates } from './expected-wait.js'
import type { Unanswered } from './off-duty.js'
import type { Queued } from './queue-order.js'

/** As far back, and at as many, it is looked how long conversations take: a team's morning goes by the day before. */
const LATELY_MS = 7 * 24 * 60 * 60_000
const LAST_ONES = 200
/** As far back it is looked how many come. */
const ARRIVALS_MS = 30 * 60_000

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
    order by ${QUEUE_ORDER} limit ${limit}::int`.execute(query)
  return rows.map(({ since, ...row }) => ({ ...row, waitingSince: since.getTime() }))
}

/** What visitors wait for an answer in, of those agents' conversations, as far as it is not snoozed. */
export async function loadUnanswered(
  query: Kysely<Tables>,
  { organizationId, now }: Which,
  agentIds: readonly string[],
): Promise<Unanswered[]> {
  if (agentIds.length === 0) return []
  const { rows } = await sql<{ id: string; agent_id: string; since: Date }>`
    select k.id, k.agent_id, k.waiting_since as since from conversations k
    where k.organization_id = ${organizationId}::uuid and k.agent_id = any (${[...agentIds]}::uuid[])
      and k.status = 'assigned' and k.waiting_since is not null and ${isAwake(now)}
    order by k.waiting_since, k.id`.execute(query)
  return rows.map(({ id, agent_id: agentId, since }) => ({
    conversationId: id,
    agentId,
    waitingSince: since.getTime(),
  }))
}

/** How long agents had the conversations that ended last, in milliseconds. */
export async function loadHandled(query: Kysely<Tables>, { organizationId, now }: Which): Promise<number[]> {
  const from = new Date(now.getTime() - LATELY_MS)
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from handled_at - assigned_at)::float8 * 1000 as ms from conversations
    where organization_id = ${organizationId}::uuid and handled_at > ${from}::timestamptz
    order by handled_at desc limit ${LAST_ONES}::int`.execute(query)
  return rows.map(({ ms }) => ms)
}

/** How often somebody comes to the queue. */
export async function loadArrivals(query: Kysely<Tables>, { organizationId, now }: Which): Promise<Arrivals[]> {
  // Ids begin with the moment at which they were made, and are in an index; their making is not.
  const from = idAt(now.getTime() - ARRIVALS_MS)
  const { rows } = await sql<{ departmentId: string | null; priority: number }>`
    select department_id as "departmentId", priority from conversations
    where organization_id = ${organizationId}::uuid and id >= ${from}::uuid and last_message_at is not null`.execute(
    query,
  )
  return arrivalRates(rows, ARRIVALS_MS)
}

/** The least id of this moment. */
function idAt(ms: number): string {
  const moment = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7000-8000-000000000000`
}
