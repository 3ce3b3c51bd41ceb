import { sql } from 'kysely'
import type { Logger } from '../../platform/logger.js'
import { findIntentOfPayment, findIntents } from '../inbox/find-intents.js'
import { keepOrphan } from '../inbox/work-inbox.js'
import { type LookContext, lookAtIntent } from '../intents/look-at-intent.js'
import type { ProviderPayment } from '../provider/payment-provider.js'

/** How often an account's books are compared with ours, and how far back: late authorisations take days. */
const EVERY_MS = 24 * 3_600_000
const BACK_MS = 7 * 24 * 3_600_000
/** After an account gave no answer. */
const RETRY_MS = 15 * 60_000
/** What providers give on one page, at most; and pages of one sweep. */
const PAGE = 100
const MANY_PAGES = 200

/** What `sweepAccounts` needs. */
export interface SweepContext extends LookContext {
  logger: Logger
}

interface Account {
  organizationId: string
  accountId: string
}

/**
 * Compares what accounts have taken with what is known here, once a day: a payment that belongs to an intent is looked at, any other
 * one is kept for people to look at (P6). Rejects never.
 */
export async function sweepAccounts(context: SweepContext): Promise<void> {
  try {
    for (const account of await takeDue(context)) {
      const come = { payments: 0, mended: 0, orphans: 0 }
      const whole = await compare(context, account, come).catch((error) => {
        context.logger.warn({ err: error, ...account }, 'a payment account could not be compared')
        return false
      })
      await writeDown(context, account, { ...come, whole })
      if (!whole) await again(context, account)
    }
  } catch (error) {
    context.logger.warn({ err: error }, 'payment accounts could not be read')
  }
}

async function takeDue({ database, clock }: SweepContext): Promise<Account[]> {
  const now = clock()
  const { rows } = await sql<Account>`
    with taken as (
      select a.organization_id, a.id from payment_accounts a
      where a.swept_to is null or a.swept_to <= ${new Date(now.getTime() - EVERY_MS)}::timestamptz
      order by a.swept_to nulls first limit 5 for update skip locked
    )
    update payment_accounts a set swept_to = ${now}::timestamptz from taken t
    where a.organization_id = t.organization_id and a.id = t.id
    returning a.organization_id as "organizationId", a.id as "accountId"`.execute(database.system)
  return rows
}

async function again({ database, clock }: SweepContext, { organizationId, accountId }: Account): Promise<void> {
  await database
    .of(organizationId)
    .updateTable('payment_accounts')
    .set({ swept_to: new Date(clock().getTime() - EVERY_MS + RETRY_MS) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', accountId)
    .execute()
}

/** What has come of a comparison so far. */
interface Come {
  payments: number
  /** Payments that were missing here. */
  mended: number
  /** Payments that belong to nothing, and were not known to. */
  orphans: number
}

/** Whether all of it could be read. */
async function compare(context: SweepContext, account: Account, come: Come): Promise<boolean> {
  const provider = await context.providers.of(account)
  if (!provider) return true
  const to = context.clock()
  const from = new Date(to.getTime() - BACK_MS)
  for (let page = 0; page < MANY_PAGES; page++) {
    const payments = await provider.listPayments({ from, to, count: PAGE, skip: page * PAGE })
    if (!payments.ok) return false
    for (const payment of payments.value) await compareOne(context, account, payment, come)
    if (payments.value.length < PAGE) return true
  }
  return true
}

async function compareOne(context: SweepContext, account: Account, payment: ProviderPayment, come: Come) {
  const { database } = context
  if (!payment.captured) return
  come.payments++
  const known = await findIntentOfPayment(database, account, payment.id)
  if (known) return
  const [named] = payment.orderId === null ? [] : await findIntents(database, account, [payment.orderId])
  if (named) {
    const looked = await lookAtIntent(context, { organizationId: account.organizationId, intentId: named })
    if (looked.status === 'looked' && looked.applied.changed) come.mended++
  } else if (await keepOrphan(context, account, payment)) come.orphans++
}

/** Keeps what a comparison has come to for the report: a row a day, however often it was tried. */
async function writeDown(
  { database, clock }: SweepContext,
  { organizationId, accountId }: Account,
  { payments, mended, orphans, whole }: Come & { whole: boolean },
): Promise<void> {
  const day = clock().toISOString().slice(0, 10)
  const [runs, failures] = whole ? [1, 0] : [0, 1]
  await sql`
    insert into payment_comparisons as c
      (organization_id, account_id, day, runs, failures, payments, mended, orphans)
    values (${organizationId}::uuid, ${accountId}::uuid, ${day}, ${runs}::int, ${failures}::int, ${payments}::int,
      ${mended}::int, ${orphans}::int)
    on conflict (organization_id, account_id, day) do update set runs = c.runs + excluded.runs,
      failures = c.failures + excluded.failures, mended = c.mended + excluded.mended,
      orphans = c.orphans + excluded.orphans,
      payments = case when excluded.runs > 0 then excluded.payments else c.payments end`.execute(
    database.of(organizationId),
  )
}
