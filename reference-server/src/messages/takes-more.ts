import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { isAwake } from './is-awake.js'

/**
 * Whether an agent is available and has fewer conversations than they take (L2); notes that they were given one. Their row is
 * held until the transaction ends: two nodes that give to one agent at once do so one after the other.
 */
export async function takesMore(
  transaction: Transaction<Tables>,
  { organizationId, agent, capacity }: { organizationId: string; agent: { id: string }; capacity: number },
  at: Date,
): Promise<boolean> {
  const { rows } = await sql<{ away: boolean }>`
    insert into agent_states (organization_id, member_id) values (${organizationId}::uuid, ${agent.id}::uuid)
    on conflict (organization_id, member_id) do update set member_id = excluded.member_id
    returning away_since is not null as away`.execute(transaction)
  if (rows[0]?.away) return false
  const counted = await sql<{ load: number }>`
    select count(*)::int as load from conversations k
    where k.organization_id = ${organizationId}::uuid and k.agent_id = ${agent.id}::uuid and k.status = 'assigned'
      and ${isAwake(at)}`.execute(transaction)
  if ((counted.rows[0]?.load ?? 0) >= capacity) return false
  await sql`update agent_states set last_assigned_at = ${at}::timestamptz
    where organization_id = ${organizationId}::uuid and member_id = ${agent.id}::uuid`.execute(transaction)
  return true
}
