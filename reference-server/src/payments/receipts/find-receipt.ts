import { type Kysely, sql } from 'kysely'
import type { Database, Tables } from '../../database/index.js'
import { decodeFact, type PaymentFact } from '../intents/payment-fact.js'
import type { Money } from '../money/money.js'

/** What a receipt says: how it stands now, since what goes back later belongs on it as well. */
export interface Receipt {
  organization: string
  number: number
  purpose: string
  paid: Money
  paidAt: Date
  refunded: Money
  /** By which the provider knows what came in, the earliest first. */
  payments: readonly { id: string; method: string | null }[]
  /** Of an account in test mode: no money has moved. */
  isTest: boolean
}

interface Row {
  organizationId: string
  intentId: string
  organization: string
  number: number
  purpose: string
  paid: string
  refunded: string
  currency: string
  paidAt: Date
  mode: 'test' | 'live'
}

/** The receipt at an address; undefined: there is none. */
export async function findReceipt(database: Database, token: string): Promise<Receipt | undefined> {
  // Whose it is says the address, which nobody can guess.
  const { rows } = await sql<Row>`
    select i.organization_id as "organizationId", i.id as "intentId", o.name as organization, i.receipt_number as number,
      i.purpose, i.paid_minor as paid, i.refunded_minor as refunded, i.currency, i.fulfilled_at as "paidAt", a.mode
    from payment_intents i
    join organizations o on o.id = i.organization_id
    join payment_accounts a on a.organization_id = i.organization_id and a.id = i.account_id
    where i.receipt_token = ${token}::text`.execute(database.system)
  const [row] = rows
  if (!row) return undefined
  const { organization, number, purpose, currency, paidAt, mode } = row
  return {
    ...{ organization, number, purpose, paidAt, isTest: mode === 'test' },
    paid: { minor: BigInt(row.paid), currency },
    refunded: { minor: BigInt(row.refunded), currency },
    payments: await paymentsOf(database.of(row.organizationId), row),
  }
}

async function paymentsOf(query: Kysely<Tables>, { organizationId, intentId }: Row): Promise<Receipt['payments']> {
  const rows = await query
    .selectFrom('payment_facts')
    .select('body')
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .where('key', 'like', 'captured:%')
    .execute()
  return rows
    .map(({ body }) => decodeFact(body) as PaymentFact & { type: 'captured' })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ paymentId: id, method }) => ({ id, method }))
}
