import { createHash } from 'node:crypto'
import type { AuditEntry } from '@chatdesk/protocol'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import type { MemberActor } from '../organizations/actor.js'
import type { Action } from '../organizations/policy.js'

/** What was done, as its author's use case says it. */
export interface AuditedAct {
  /** Who; null: the server's host, by `chat.api`. */
  actor: Pick<MemberActor, 'memberId' | 'name' | 'role' | 'visiting'> | null
  /** Where the request came from, as far as the proxies are trusted. */
  address: string | null
  action: Action
  /** Upon what: its kind, its id, and its name at that time. */
  target: { kind: string; id: string; name?: string }
  /** Fields that were changed. Never a secret. */
  changes?: Record<string, { from: unknown; to: unknown }>
  /** Why, where that must be said. */
  reason?: string
}

/** Adds an entry, in the transaction of what it tells of: neither stands without the other. */
export async function recordAct(
  transaction: Transaction<Tables>,
  organizationId: string,
  act: AuditedAct,
  at: Date,
): Promise<void> {
  // One after the other within an organization, since each holds the hash of the one before.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${organizationId}`}, 0))`.execute(transaction)
  const last = await transaction
    .selectFrom('audit_entries')
    .select(['seq', 'hash'])
    .where('organization_id', '=', organizationId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seq = (last?.seq ?? 0) + 1
  const { actor, address, action, target, changes, reason } = act
  const who = actor && { id: actor.memberId, name: actor.name, role: actor.role, visiting: actor.visiting ?? false }
  const entry: AuditEntry = {
    ...{ seq, at: at.toISOString(), actor: who, address, action, target },
    ...(changes ? { changes } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
  const content = JSON.stringify(entry)
  const hash = createHash('sha256')
    .update(last?.hash ?? '')
    .update(content)
    .digest()
  await transaction
    .insertInto('audit_entries')
    .values({ organization_id: organizationId, seq, content, hash })
    .execute()
}

/** Entries, newest first: those before `beforeSeq`, or the newest. */
export async function loadAudit(
  query: Kysely<Tables>,
  input: { organizationId: string; beforeSeq?: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const rows = await query
    .selectFrom('audit_entries')
    .select('content')
    .where('organization_id', '=', input.organizationId)
    .$if(input.beforeSeq !== undefined, (q) => q.where('seq', '<', input.beforeSeq ?? 0))
    .orderBy('seq', 'desc')
    .limit(input.limit)
    .execute()
  return rows.map(({ content }) => content)
}

/** The first entry that is not what was written, or follows a hole; null when all are. */
export async function findForgedEntry(query: Kysely<Tables>, organizationId: string): Promise<{ seq: number } | null> {
  const { rows } = await sql<{ seq: number }>`
    select seq from (
      select seq, hash, row_number() over w as place,
        sha256(coalesce(lag(hash) over w, '') || convert_to(content::text, 'UTF8')) as expected
      from audit_entries where organization_id = ${organizationId}::uuid
      window w as (order by seq)
    ) e where hash <> expected or seq <> place order by seq limit 1`.execute(query)
  return rows[0] ?? null
}
