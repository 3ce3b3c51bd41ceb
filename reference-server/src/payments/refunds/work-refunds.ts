import { sql } from 'kysely'
import type { Logger } from '../../platform/logger.js'
import { applyFacts } from '../intents/apply-facts.js'
import type { LookContext } from '../intents/look-at-intent.js'
import type { ProviderError } from '../provider/payment-provider.js'
import { noteFailed } from './note-failed.js'

/** Refunds of one look. */
const BATCH = 10
/** How long a node may take for one before another one tries, in milliseconds. */
const LEASE_MS = 60_000
/** Waits after tries that the provider did not answer, in milliseconds; the last of them goes on. */
const WAITS = [10_000, 60_000, 600_000, 3_600_000]

/** What `workRefunds` needs. */
export interface RefundsContext extends LookContext {
  logger: Logger
}

interface Due {
  organizationId: string
  id: string
  intentId: string
  accountId: string
  paymentId: string
  minor: string
  currency: string
  reason: string
  attempts: number
}

/** Sends back what is to go back: each once, under the key of its row, however often it is tried (bug 23). Rejects never. */
export async function workRefunds(context: RefundsContext): Promise<void> {
  try {
    for (const due of await takeDue(context))
      await send(context, due).catch((error) =>
        context.logger.warn({ err: error, refundId: due.id }, 'a refund could not be sent'),
      )
  } catch (error) {
    context.logger.warn({ err: error }, 'refunds could not be read')
  }
}

async function takeDue({ database, clock }: RefundsContext): Promise<Due[]> {
  const now = clock()
  const { rows } = await sql<Due>`
    with taken as (
      select r.organization_id, r.id from payment_refunds r
      where r.next_at <= ${now}::timestamptz order by r.next_at limit ${BATCH}::int for update skip locked
    )
    update payment_refunds r set next_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz, attempts = r.attempts + 1
    from taken t, payment_intents i
    where r.organization_id = t.organization_id and r.id = t.id
      and i.organization_id = r.organization_id and i.id = r.intent_id
    returning r.organization_id as "organizationId", r.id, r.intent_id as "intentId", i.account_id as "accountId",
      r.payment_id as "paymentId", r.amount_minor as minor, r.currency, r.reason, r.attempts`.execute(database.system)
  return rows
}

async function send(context: RefundsContext, due: Due): Promise<void> {
  const { organizationId, id, intentId, paymentId, currency } = due
  const provider = await context.providers.of(due)
  if (!provider) return
  const amount = { minor: BigInt(due.minor), currency }
  const refund = await provider.refund({
    paymentId,
    amount,
    key: id,
    notes: { intent: intentId, reason: due.reason.slice(0, 250) },
  })
  if (!refund.ok) return settleFailure(context, due, refund.error)
  const { id: refundId, status } = refund.value
  // Before the row: a process that dies between the two asks again, under the same key, and is answered alike.
  await applyFacts(
    context,
    { organizationId, intentId },
    [{ type: 'refund', refundId, paymentId, amount: refund.value.amount, status }],
    'answer',
  )
  await update(context, due, { state: 'sent', refund_id: refundId, error: null, next_at: null })
  await noteFailed(context.database.of(organizationId), { organizationId, intentId })
}

/** What the provider will never do is for people; anything else is tried again. */
async function settleFailure(context: RefundsContext, due: Due, error: ProviderError): Promise<void> {
  const isRefused = error.kind === 'api' && error.status < 500 && error.status !== 409 && error.status !== 429
  if (isRefused)
    return update(context, due, { state: 'refused', error: error.description.slice(0, 500), next_at: null })
  const wait = WAITS[Math.min(due.attempts, WAITS.length) - 1] ?? 0
  const said = error.kind === 'api' ? error.description : error.message
  await update(context, due, { error: said.slice(0, 500), next_at: new Date(context.clock().getTime() + wait) })
}

async function update(
  { database }: RefundsContext,
  { organizationId, id }: Due,
  changes: { state?: 'sent' | 'refused'; refund_id?: string; error: string | null; next_at: Date | null },
): Promise<void> {
  await database
    .of(organizationId)
    .updateTable('payment_refunds')
    .set(changes)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
