import { sql } from 'kysely'
import type { Logger } from '../../platform/logger.js'
import type { AccountId } from '../accounts/account-id.js'
import { applyFacts } from '../intents/apply-facts.js'
import { type LookContext, lookAtIntent } from '../intents/look-at-intent.js'
import type { ProviderPayment, WebhookEvent } from '../provider/payment-provider.js'
import { findIntentOfPayment, findIntents, findLinksWithoutOrder } from './find-intents.js'
import type { WebhookReader } from './receive-webhook.js'

/** Webhooks of one look. */
const BATCH = 20
/** How long a node may take for one before another one tries, in milliseconds. */
const LEASE_MS = 60_000
/** Waits after tries that the provider did not answer, in milliseconds; the last of them goes on. */
const WAITS = [5_000, 30_000, 120_000, 600_000, 3_600_000]
/** Providers replay what is up to 15 days old. What is older is nobody's replay. */
const STALE_MS = 16 * 24 * 3_600_000
/** Links that a payment of an unknown order may be of. */
const MANY_LINKS = 20

/** What `workInbox` needs. */
export interface InboxContext extends LookContext {
  reader: WebhookReader
  logger: Logger
}

interface Due {
  organizationId: string
  accountId: string
  providerAccountId: string | null
  eventId: string
  raw: Buffer
  attempts: number
}

/** Works on webhooks that are due: each only says where to look. Rejects never; what could not be found out is due again. */
export async function workInbox(context: InboxContext): Promise<void> {
  try {
    for (const due of await takeDue(context)) {
      try {
        await settle(context, due, await work(context, due))
      } catch (error) {
        // Its lease runs out, and then it is tried again.
        context.logger.warn(
          { err: error, eventId: due.eventId },
          'a webhook of a payment provider could not be worked on',
        )
      }
    }
  } catch (error) {
    context.logger.warn({ err: error }, 'webhooks of payment providers could not be read')
  }
}

async function takeDue({ database, clock }: InboxContext): Promise<Due[]> {
  const now = clock()
  const { rows } = await sql<Due>`
    with taken as (
      select w.organization_id, w.account_id, w.event_id from payment_webhooks w
      where w.next_at <= ${now}::timestamptz order by w.next_at limit ${BATCH}::int for update skip locked
    )
    update payment_webhooks w set next_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz, attempts = w.attempts + 1
    from taken t, payment_accounts a
    where w.organization_id = t.organization_id and w.account_id = t.account_id and w.event_id = t.event_id
      and a.organization_id = t.organization_id and a.id = t.account_id
    returning w.organization_id as "organizationId", w.account_id as "accountId", w.event_id as "eventId", w.raw, w.attempts,
      a.provider_account_id as "providerAccountId"`.execute(database.system)
  return rows
}

/** What has come of a webhook; null: it has to be tried again. */
type Outcome = 'applied' | 'stale' | 'foreign' | 'unreadable' | 'orphan' | 'nothing' | null

async function work(context: InboxContext, due: Due): Promise<Outcome> {
  const { database, clock, reader } = context
  const event = reader.parse(due.raw)
  if (!event) return 'unreadable'
  if (clock().getTime() - event.createdAt.getTime() > STALE_MS) return 'stale'
  // Somebody who has our secret, and another account (threat 79).
  if (event.accountId !== null && due.providerAccountId !== null && event.accountId !== due.providerAccountId)
    return 'foreign'
  if (event.accountId !== null && due.providerAccountId === null) await learnAccount(context, due, event.accountId)
  const { dispute } = event
  if (dispute) {
    const intentId = await findIntentOfPayment(database, due, dispute.paymentId)
    if (!intentId) return keepOrphans(context, due, [dispute.paymentId])
    const { id: disputeId, paymentId, amount, state } = dispute
    const fact = { type: 'dispute' as const, disputeId, paymentId, amount, state }
    await applyFacts(context, { organizationId: due.organizationId, intentId }, [fact], 'webhook')
    return 'applied'
  }
  const intents = await intentsOf(context, due, event)
  if (intents === 'unknown') return null
  if (intents.length === 0) return keepOrphans(context, due, event.paymentIds)
  return lookAtAll(context, due, intents)
}

/** `unknown`: the provider gave no answer about a link that it may be of, so nobody can say that it is of none. */
async function intentsOf(context: InboxContext, due: Due, event: WebhookEvent): Promise<string[] | 'unknown'> {
  const { database } = context
  const ids = [...event.orderIds, ...event.linkIds]
  const named = await findIntents(database, due, ids)
  if (named.length > 0) return named
  const paid = await Promise.all(event.paymentIds.map((id) => findIntentOfPayment(database, due, id)))
  const known = paid.filter((id) => id !== undefined)
  if (known.length > 0 || event.orderIds.length === 0) return known
  // The order of a link is there only once somebody has begun to pay it.
  let unknown = false
  for (const intentId of await findLinksWithoutOrder(database, due, MANY_LINKS))
    unknown ||=
      (await lookAtIntent(context, { organizationId: due.organizationId, intentId }, 'webhook')).status === 'unknown'
  const found = await findIntents(database, due, ids)
  return found.length === 0 && unknown ? 'unknown' : found
}

async function lookAtAll(context: InboxContext, due: Due, intents: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = 'applied'
  for (const intentId of intents) {
    const looked = await lookAtIntent(context, { organizationId: due.organizationId, intentId }, 'webhook')
    if (looked.status === 'unknown') outcome = null
  }
  return outcome
}

/** Money that has come in for nothing that we know is kept for people to look at: it is in no intent, and never in another one. */
async function keepOrphans(context: InboxContext, due: Due, paymentIds: readonly string[]): Promise<Outcome> {
  const provider = await context.providers.of(due)
  if (!provider) return 'nothing'
  let outcome: Outcome = 'nothing'
  for (const id of paymentIds) {
    const payment = await provider.fetchPayment(id)
    if (!payment.ok && payment.error.kind !== 'api') return null
    if (!payment.ok || !payment.value.captured) continue
    await keepOrphan(context, due, payment.value)
    outcome = 'orphan'
  }
  return outcome
}

/** Writes down a payment that belongs to nothing, once; whether it is news. */
export async function keepOrphan(
  { database, clock }: Pick<InboxContext, 'database' | 'clock'>,
  { organizationId, accountId }: AccountId,
  { id, orderId, amount }: ProviderPayment,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: rows = 0n } = await database
    .of(organizationId)
    .insertInto('payment_orphans')
    .values({
      ...{ organization_id: organizationId, account_id: accountId, payment_id: id },
      reason: orderId === null ? 'It was paid without an order.' : 'Its order is not known here.',
      ...{ amount_minor: `${amount.minor}`, currency: amount.currency, found_at: clock() },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return rows > 0n
}

async function learnAccount({ database }: InboxContext, due: Due, providerAccountId: string): Promise<void> {
  await database
    .of(due.organizationId)
    .updateTable('payment_accounts')
    .set({ provider_account_id: providerAccountId })
    .where('organization_id', '=', due.organizationId)
    .where('id', '=', due.accountId)
    .where('provider_account_id', 'is', null)
    .execute()
}

async function settle({ database, clock }: InboxContext, due: Due, outcome: Outcome): Promise<void> {
  const wait = WAITS[Math.min(due.attempts, WAITS.length) - 1] ?? 0
  await database
    .of(due.organizationId)
    .updateTable('payment_webhooks')
    .set({ outcome, next_at: outcome === null ? new Date(clock().getTime() + wait) : null })
    .where('organization_id', '=', due.organizationId)
    .where('account_id', '=', due.accountId)
    .where('event_id', '=', due.eventId)
    .execute()
}
