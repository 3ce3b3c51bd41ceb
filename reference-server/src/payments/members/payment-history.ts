import type { AuditEntry, PaymentDeed, PaymentLedgerLine } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { FactSource } from '../../database/payment-tables.js'
import type { IntentId } from '../intents/apply-facts.js'

/** Nobody reads more of one payment. */
const MANY = 200

/** What has come and gone by a payment, as the books have it, the oldest first. */
export async function loadLedger(
  query: Kysely<Tables>,
  { organizationId, intentId }: IntentId,
): Promise<PaymentLedgerLine[]> {
  const { rows } = await sql<{ at: Date; entry: string; minor: string; currency: string; source: FactSource }>`
    select l.at, l.entry, l.amount_minor as minor, l.currency, f.source
    from payment_ledger l
    join payment_facts f on f.organization_id = l.organization_id and f.intent_id = l.intent_id and f.key = l.entry
    where l.organization_id = ${organizationId}::uuid and l.intent_id = ${intentId}::uuid and l.account = 'provider'
    order by l.at, l.entry limit ${MANY}::int`.execute(query)
  return rows.map(({ at, entry, minor, currency, source }) => {
    // An entry is the fact that it follows from: `refund:rfnd_…:processed`.
    const [type = '', reference = ''] = entry.split(':')
    return {
      ...{ at: at.toISOString(), type: type as PaymentLedgerLine['type'], reference },
      ...{ amountMinor: Number(minor), currency, source },
    }
  })
}

/** What people have done with a payment and where that has led, the oldest first; from where they did it is for admins alone. */
export async function loadHistory(
  query: Kysely<Tables>,
  { organizationId, intentId }: IntentId,
): Promise<PaymentDeed[]> {
  const { rows } = await sql<{ content: AuditEntry }>`
    select content from audit_entries
    where organization_id = ${organizationId}::uuid and content -> 'target' ->> 'kind' = 'payment'
      and content -> 'target' ->> 'id' = ${intentId}
    order by seq limit ${MANY}::int`.execute(query)
  return rows.map(({ content: { at, actor, action, changes, reason } }) => ({
    ...{ at, actor: actor && { id: actor.id, name: actor.name }, action },
    ...(changes ? { changes } : {}),
    ...(reason === undefined ? {} : { reason }),
  }))
}
