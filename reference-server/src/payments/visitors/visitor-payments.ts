import { ChatError, type VisitorPayment } from '@chatdesk/protocol'
import { type Selectable, sql } from 'kysely'
import type { Database, Tables } from '../../database/index.js'
import type { VisitorActor } from '../../organizations/actor.js'
import { statusOf } from '../intents/payment-state.js'
import { receiptOf } from '../receipts/give-receipt.js'

/** Payments that a visitor sees, at most. */
const MANY = 50

type Intent = Selectable<Tables['payment_intents']>

/** A payment as its payer sees it: never who else, nor why at the provider. */
export function toVisitorPayment(intent: Intent): VisitorPayment {
  const view = { state: intent.state, paid: BigInt(intent.paid_minor), refunded: BigInt(intent.refunded_minor) }
  return {
    ...{ id: intent.id, purpose: intent.purpose, currency: intent.currency, status: statusOf(view) },
    ...{ amountMinor: Number(intent.amount_minor), paidMinor: Number(view.paid), refundedMinor: Number(view.refunded) },
    ...{ failures: intent.failures, version: intent.version, seen: intent.seen_version >= intent.version },
    ...{ receipt: receiptOf(intent), expiresAt: intent.expires_at?.toISOString() ?? null },
    ...{ createdAt: intent.created_at.toISOString(), updatedAt: intent.updated_at.toISOString() },
  }
}

/** What a visitor has been asked to pay, on whatever device and in whatever tab: the newest first (M2). */
export async function listVisitorPayments(database: Database, actor: VisitorActor): Promise<VisitorPayment[]> {
  const intents = await database
    .of(actor.organizationId)
    .selectFrom('payment_intents')
    .selectAll()
    .where('organization_id', '=', actor.organizationId)
    .where('visitor_id', '=', actor.visitorId)
    .where('version', '>', 0)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MANY)
    .execute()
  return intents.map(toVisitorPayment)
}

/** A payment of this visitor. Throws `NOT_FOUND` for one that is not there, or not theirs (C1). */
export async function findOwnIntent(database: Database, actor: VisitorActor, intentId: string): Promise<Intent> {
  const intent = await database
    .of(actor.organizationId)
    .selectFrom('payment_intents')
    .selectAll()
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', intentId)
    .where('visitor_id', '=', actor.visitorId)
    .executeTakeFirst()
  if (!intent) throw new ChatError('NOT_FOUND', 'No such payment.')
  return intent
}

/** Remembers what a visitor has seen, on all of their devices; what they have seen already stays seen. */
export async function markPaymentsSeen(
  database: Database,
  { organizationId, visitorId }: VisitorActor,
  seen: readonly { id: string; version: number }[],
): Promise<void> {
  await sql`
    update payment_intents i set seen_version = greatest(i.seen_version, least(s.version, i.version))
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s (id uuid, version int)
    where i.organization_id = ${organizationId}::uuid and i.visitor_id = ${visitorId}::uuid and i.id = s.id`.execute(
    database.of(organizationId),
  )
}
