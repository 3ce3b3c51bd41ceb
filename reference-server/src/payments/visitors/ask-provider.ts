import { sql } from 'kysely'
import { recordAct } from '../../audit/index.js'
import type { VisitorActor } from '../../organizations/actor.js'
import type { IntentId } from '../intents/apply-facts.js'
import { type LookContext, lookAtIntent } from '../intents/look-at-intent.js'
import { findOwnIntent } from './visitor-payments.js'

/** How often clients may have an intent looked at, in milliseconds; and with something that the provider has signed. */
export const PATIENCE_MS = { asked: 10_000, signed: 1_000 }

/**
 * Has the provider asked because a client says so (P5): every ten seconds at most, and only what the provider answers counts. What a
 * client says of the outcome is not even read.
 */
export async function askProvider(context: LookContext, actor: VisitorActor, intentId: string): Promise<void> {
  await findOwnIntent(context.database, actor, intentId)
  await askOnce(context, { organizationId: actor.organizationId, intentId }, PATIENCE_MS.asked)
}

/** What the provider's window has handed to a page. */
export interface PaymentClaim {
  paymentId: string
  signature: string
}

/**
 * Takes what a page says that the provider has signed: for the order that we have stored, whatever the page says (bug 15, threat 76). It
 * proves that something was authorized, never that money has come in: it is looked at sooner, that is all. A forged one changes
 * nothing, and stands in the audit trail.
 */
export async function takeClaim(
  context: LookContext,
  actor: VisitorActor,
  { intentId, ...claim }: PaymentClaim & { intentId: string },
): Promise<void> {
  const { database, clock } = context
  const intent = await findOwnIntent(database, actor, intentId)
  const which = { organizationId: actor.organizationId, intentId }
  const provider = await context.providers.of({ ...which, accountId: intent.account_id })
  const orders = await database
    .of(actor.organizationId)
    .selectFrom('payment_refs')
    .select('provider_id')
    .where('organization_id', '=', actor.organizationId)
    .where('intent_id', '=', intentId)
    .where('kind', '=', 'order')
    .execute()
  const isGenuine = orders.some(({ provider_id: orderId }) =>
    provider?.isGenuineClaim({ kind: 'order', orderId, ...claim }),
  )
  if (!isGenuine)
    await database.transaction(actor.organizationId, (transaction) =>
      recordAct(
        transaction,
        actor.organizationId,
        {
          ...{ actor: null, address: null, action: 'payment.check' as const },
          target: { kind: 'payment', id: intentId, name: intent.purpose },
          reason: 'A visitor’s page claimed a payment that the provider has not signed.',
        },
        clock(),
      ),
    )
  await askOnce(context, which, isGenuine ? PATIENCE_MS.signed : PATIENCE_MS.asked)
}

/** Looks, unless somebody has had it looked at within that time. */
export async function askOnce(context: LookContext, which: IntentId, patienceMs: number): Promise<void> {
  const { database, clock } = context
  const now = clock()
  const { rows } = await sql`
    update payment_intents i set asked_at = ${now}::timestamptz
    where i.organization_id = ${which.organizationId}::uuid and i.id = ${which.intentId}::uuid
      and (i.asked_at is null or i.asked_at <= ${new Date(now.getTime() - patienceMs)}::timestamptz)
    returning i.id`.execute(database.of(which.organizationId))
  if (rows.length > 0) await lookAtIntent(context, which)
}
