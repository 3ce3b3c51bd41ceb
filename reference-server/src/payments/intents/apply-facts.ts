import { ChatError } from '@chatdesk/protocol'
import type { Selectable, Transaction } from 'kysely'
import { recordAct } from '../../audit/index.js'
import type { Database, Tables } from '../../database/index.js'
import type { FactSource } from '../../database/payment-tables.js'
import type { MessageLog } from '../../messages/index.js'
import { giveReceipt, receiptOf } from '../receipts/give-receipt.js'
import { loadLeft } from '../refunds/load-left.js'
import { noteFailed } from '../refunds/note-failed.js'
import { decodeFact, encodeFact, factKey, type PaymentFact } from './payment-fact.js'
import { paymentPart } from './payment-part.js'
import { type IntentView, viewOf } from './payment-state.js'

/** What `applyFacts` needs. */
export interface FactsContext {
  database: Database
  messages: MessageLog
  clock: () => Date
  generateId: () => string
}

/** Names an intent. */
export interface IntentId {
  organizationId: string
  intentId: string
}

/** What has become of an intent. */
export interface Applied {
  /** Whether anything that is to be seen has changed. */
  changed: boolean
  /** Whether it is paid now and never was before: what follows upon that follows once (P1). */
  fulfilled: boolean
  version: number
  view: IntentView
}

/** What is known of an intent, and what follows from it. */
export interface Standing {
  known: readonly PaymentFact[]
  view: IntentView
}

/** Says what is to be added to what stands, in the transaction that adds it; where it throws, nothing is written. */
export type FactsOf = (transaction: Transaction<Tables>, standing: Standing) => Promise<readonly PaymentFact[]>

type Intent = Selectable<Tables['payment_intents']>

/**
 * The one place where money's state is written: adds what a provider has said to what is known, and tells the conversation what
 * follows, in one transaction (P13). What is known already changes nothing (P4). Undefined: no such intent.
 */
export async function applyFacts(
  context: FactsContext,
  which: IntentId,
  facts: readonly PaymentFact[] | FactsOf,
  source: FactSource,
): Promise<Applied | undefined> {
  const { database, messages, clock } = context
  const { organizationId, intentId } = which
  const found = await database
    .of(organizationId)
    .selectFrom('payment_intents')
    .select('conversation_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .executeTakeFirst()
  if (!found) return undefined
  const apply = (transaction: Transaction<Tables>, at: Date) =>
    applyHeld(transaction, context, which, { facts, source, at })
  const { conversation_id: conversationId } = found
  if (conversationId !== null) {
    try {
      return await messages.writeHeld({
        ...{ organizationId, conversationId },
        async decide(transaction, _, at) {
          const applied = await apply(transaction, at)
          const { outcome, message } = applied ?? {}
          return { entries: message ? [message] : [], result: async () => outcome }
        },
      })
    } catch (error) {
      // Erased meanwhile: its payments stay.
      if (!(error instanceof ChatError) || error.code !== 'NOT_FOUND') throw error
    }
  }
  return database.transaction(organizationId, async (transaction) => (await apply(transaction, clock()))?.outcome)
}

interface Said {
  facts: readonly PaymentFact[] | FactsOf
  source: FactSource
  at: Date
}

async function applyHeld(
  transaction: Transaction<Tables>,
  { generateId }: FactsContext,
  { organizationId, intentId }: IntentId,
  { facts, source, at }: Said,
) {
  const intent = await transaction
    .selectFrom('payment_intents')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .forUpdate()
    .executeTakeFirst()
  if (!intent) return undefined
  const rows = await transaction
    .selectFrom('payment_facts')
    .select(['key', 'body'])
    .where('organization_id', '=', organizationId)
    .where('intent_id', '=', intentId)
    .orderBy('key')
    .execute()
  const amount = { minor: BigInt(intent.amount_minor), currency: intent.currency }
  const terms = { amount, partial: intent.partial }
  const known = rows.map(({ body }) => decodeFact(body))
  const said = typeof facts === 'function' ? await facts(transaction, { known, view: viewOf(terms, known) }) : facts
  const keys = new Set(rows.map(({ key }) => key))
  const added = [...new Map(said.map((fact) => [factKey(fact), fact])).entries()].filter(([key]) => !keys.has(key))
  const all = [...known, ...added.map(([, fact]) => fact)]
  const view = viewOf(terms, all)
  const { version } = intent
  if (added.length === 0) return { outcome: { changed: false, fulfilled: false, version, view } }

  await transaction
    .insertInto('payment_facts')
    .values(
      added.map(([key, fact]) => ({
        ...{ organization_id: organizationId, intent_id: intentId, key, source, at },
        body: JSON.stringify(encodeFact(fact)),
      })),
    )
    .execute()
  const issued = added.map(([, fact]) => fact).find((fact) => fact.type === 'issued')
  if (issued) await offer(transaction, intent, issued)
  await book(transaction, intent, added, at)
  const hasFailedRefund = added.some(([, fact]) => fact.type === 'refund' && fact.status === 'failed')
  if (hasFailedRefund) await noteFailed(transaction, { organizationId, intentId })
  await sendBackExcess(transaction, intent, { view, facts: all, generateId, at })

  const url = issued?.url ?? intent.url
  // What was never offered, since the provider has refused it, is called off without a word to its visitor.
  const isUnheardOf = version === 0 && view.state === 'cancelled'
  // Not by where it is paid: whoever asked for another way is answered with it.
  const changed =
    !isUnheardOf &&
    (view.state !== intent.state ||
      `${view.paid}` !== intent.paid_minor ||
      `${view.refunded}` !== intent.refunded_minor ||
      view.failures !== intent.failures)
  const fulfilled = intent.fulfilled_at === null && view.paid === amount.minor && view.state !== 'mismatch'
  const receipt = fulfilled ? await giveReceipt(transaction, organizationId) : undefined
  const next = version + (changed ? 1 : 0)
  await transaction
    .updateTable('payment_intents')
    .set({
      ...{ state: view.state, paid_minor: `${view.paid}`, refunded_minor: `${view.refunded}`, url },
      ...{ failures: view.failures, failure: view.failure, version: next, updated_at: at },
      ...(fulfilled && { fulfilled_at: at, ...receipt }),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .execute()
  const outcome = { changed, fulfilled, version: next, view }
  if (view.state !== intent.state) await audit(transaction, intent, view, at)
  if (!changed) return { outcome }
  const { purpose, expires_at: expiresAt } = intent
  const told = { ...view, intentId, version: next, purpose, amount, expiresAt, receipt: receiptOf(receipt ?? intent) }
  const message = {
    ...{ type: 'message' as const, kind: 'system' as const, aside: true as const },
    ...{ clientMessageId: `pay:${intentId}:${next}`, parts: [paymentPart(told)] },
  }
  return { outcome, message }
}

/** What is offered now is the only thing that is (P9). */
async function offer(
  transaction: Transaction<Tables>,
  { organization_id, account_id, id: intent_id }: Intent,
  { providerId: provider_id, kind }: PaymentFact & { type: 'issued' },
): Promise<void> {
  await transaction
    .updateTable('payment_refs')
    .set({ open: false })
    .where('organization_id', '=', organization_id)
    .where('intent_id', '=', intent_id)
    .execute()
  await transaction
    .insertInto('payment_refs')
    .values({ organization_id, account_id, provider_id, intent_id, kind, open: true })
    .execute()
}

/** Writes money down that has come or gone, twice: where it is, and what for (P10). */
async function book(
  transaction: Transaction<Tables>,
  { organization_id, account_id, id: intent_id }: Intent,
  added: readonly [key: string, fact: PaymentFact][],
  at: Date,
): Promise<void> {
  const values = added.flatMap(([entry, fact]) => {
    const sign = signOf(fact)
    if (sign === 0n || !('amount' in fact)) return []
    const { minor, currency } = fact.amount
    const line = (account: 'provider' | 'sales', amount: bigint) => ({
      ...{ organization_id, intent_id, entry, account, amount_minor: `${amount}`, currency, at },
    })
    return [line('provider', sign * minor), line('sales', -sign * minor)]
  })
  if (values.length === 0) return
  await transaction.insertInto('payment_ledger').values(values).execute()
  const paymentIds = added.flatMap(([, fact]) => (fact.type === 'captured' ? [fact.paymentId] : []))
  if (paymentIds.length === 0) return
  // What belonged to nothing belongs to this now.
  await transaction
    .updateTable('payment_orphans')
    .set({ settled_at: at })
    .where('organization_id', '=', organization_id)
    .where('account_id', '=', account_id)
    .where('payment_id', 'in', paymentIds)
    .execute()
}

function signOf(fact: PaymentFact): bigint {
  if (fact.type === 'captured') return 1n
  if (fact.type === 'refund' && fact.status === 'processed') return -1n
  return fact.type === 'dispute' && fact.state === 'lost' ? -1n : 0n
}

/**
 * What came in beyond what was asked for goes back, each payment of it once (P12): but for what somebody has sent back of it already,
 * which the provider may not have done yet.
 */
async function sendBackExcess(
  transaction: Transaction<Tables>,
  { organization_id, id: intent_id, currency }: Intent,
  {
    view,
    facts,
    generateId,
    at,
  }: { view: IntentView; facts: readonly PaymentFact[]; generateId: () => string; at: Date },
): Promise<void> {
  for (const { paymentId } of view.excess) {
    const which = { organizationId: organization_id, intentId: intent_id, paymentId }
    const left = (await loadLeft(transaction, which, facts)) ?? 0n
    if (left <= 0n) continue
    await transaction
      .insertInto('payment_refunds')
      .values({
        ...{ organization_id, id: generateId(), intent_id, payment_id: paymentId, amount_minor: `${left}`, currency },
        ...{ cause: 'excess' as const, reason: 'It was paid more than once.', requested_by: null },
        ...{ state: 'queued' as const, refund_id: null, error: null, next_at: at, created_at: at },
      })
      .onConflict((conflict) => conflict.columns(['intent_id', 'payment_id']).where('cause', '=', 'excess').doNothing())
      .execute()
  }
}

async function audit(transaction: Transaction<Tables>, intent: Intent, view: IntentView, at: Date): Promise<void> {
  const target = { kind: 'payment', id: intent.id, name: intent.purpose }
  const changes = { state: { from: intent.state, to: view.state } }
  const act = { actor: null, address: null, action: 'payment.check' as const, target, changes }
  await recordAct(transaction, intent.organization_id, act, at)
}
