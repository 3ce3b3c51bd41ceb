import { sql } from 'kysely'
import type { Logger } from '../../platform/logger.js'
import { applyFacts } from '../intents/apply-facts.js'
import { type IssueContext, issueIntent } from '../intents/issue-intent.js'
import { type Looked, lookAtIntent } from '../intents/look-at-intent.js'
import { nextCheckAt } from './check-times.js'

/** Intents of one look. */
const BATCH = 20
/** How long a node may take for one before another one tries, in milliseconds. */
const LEASE_MS = 60_000

/** What `workChecks` needs. */
export interface ChecksContext extends IssueContext {
  logger: Logger
}

interface Due {
  organizationId: string
  intentId: string
  state: string
  createdAt: Date
  expiresAt: Date | null
}

/**
 * Looks at intents whose time has come, whether or not a webhook has said anything: what was lost while the server was down, or on its
 * way, is found (P6). What has no order yet gets one. Rejects never.
 */
export async function workChecks(context: ChecksContext): Promise<void> {
  const { logger } = context
  try {
    for (const due of await takeDue(context)) {
      try {
        await check(context, due)
      } catch (error) {
        logger.warn({ err: error, intentId: due.intentId }, 'a payment could not be looked at')
      }
    }
  } catch (error) {
    logger.warn({ err: error }, 'payments that are to be looked at could not be read')
  }
}

async function takeDue({ database, clock }: ChecksContext): Promise<Due[]> {
  const now = clock()
  const { rows } = await sql<Due>`
    with taken as (
      select i.organization_id, i.id from payment_intents i where i.next_check_at <= ${now}::timestamptz
      order by i.next_check_at limit ${BATCH}::int for update skip locked
    )
    update payment_intents i set next_check_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz, checks = i.checks + 1
    from taken t where i.organization_id = t.organization_id and i.id = t.id
    returning i.organization_id as "organizationId", i.id as "intentId", i.state, i.created_at as "createdAt",
      i.expires_at as "expiresAt"`.execute(database.system)
  return rows
}

async function check(context: ChecksContext, { state, createdAt, expiresAt, ...which }: Due): Promise<void> {
  const { database, clock } = context
  // Of what its maker has died at, or of what gave no answer, the provider may have made something.
  if (state === 'creating') await issueIntent(context, which)
  const looked = await lookAtIntent(context, which)
  if (looked.status === 'unknown') return
  const now = clock()
  // Behind the look: whoever paid in time has paid. An order has no end of its own at the provider.
  if (expiresAt !== null && expiresAt <= now && isUnpaid(looked))
    await applyFacts(context, which, [{ type: 'expired' }], 'fetch')
  const next = nextCheckAt(createdAt, now)
  const isSooner = expiresAt !== null && expiresAt > now && (next === null || expiresAt < next)
  await database
    .of(which.organizationId)
    .updateTable('payment_intents')
    .set({ next_check_at: isSooner ? expiresAt : next })
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.intentId)
    .execute()
}

function isUnpaid(looked: Looked): boolean {
  return looked.status !== 'looked' || ['creating', 'issued', 'attempted'].includes(looked.applied.view.state)
}
