import {
  ChatError,
  type ListPaymentsResponse,
  type Payment,
  type PaymentCapture,
  type PaymentDetail,
  type PaymentRefund,
} from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { visitorName } from '../../conversations/index.js'
import type { Tables } from '../../database/index.js'
import { decodeCursor, encodeCursor } from '../../platform/page-cursor.js'
import { decodeFact } from '../intents/payment-fact.js'
import { type IntentState, statusOf, viewOf } from '../intents/payment-state.js'
import { receiptOf } from '../receipts/give-receipt.js'
import { leftOf } from '../refunds/left-of.js'
import { loadHistory, loadLedger } from './payment-history.js'

type Row = Selectable<Tables['payment_intents']> & {
  visitor_name: string | null
  mode: 'test' | 'live'
  requester: Payment['requestedBy']
}

/** Which of an organization's payments; what is absent leaves out none. */
export interface PaymentFilter {
  state?: IntentState | undefined
  mode?: 'test' | 'live' | undefined
  conversationId?: string | undefined
  /** Asked for at this moment or later, and before that one: ISO 8601. */
  from?: string | undefined
  before?: string | undefined
  /** Words of the purpose, the payment's own id, or an id of the provider's. */
  q?: string | undefined
}

/** A page of an organization's payments, the newest first, and what they would be asked for with now. */
export async function listPayments(
  query: Kysely<Tables>,
  input: PaymentFilter & { organizationId: string; limit: number; cursor?: string | undefined },
): Promise<ListPaymentsResponse> {
  const { organizationId, state, mode, conversationId, from, before, q = '', limit, cursor } = input
  const words = q.trim()
  const place = cursor === undefined ? undefined : decodeCursor(cursor)
  const conditions = [
    ...(state === undefined ? [] : [sql`i.state = ${state}`]),
    ...(mode === undefined ? [] : [sql`a.mode = ${mode}`]),
    ...(conversationId === undefined ? [] : [sql`i.conversation_id = ${conversationId}::uuid`]),
    ...(from === undefined ? [] : [sql`i.created_at >= ${from}::timestamptz`]),
    ...(before === undefined ? [] : [sql`i.created_at < ${before}::timestamptz`]),
    ...(words === '' ? [] : [isAbout(words)]),
    ...(place ? [sql`(i.created_at, i.id) < (${place.at}::timestamptz, ${place.id}::uuid)`] : []),
  ]
  const rows = await readRows(query, organizationId, conditions, limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.created_at, id: last.id }) : null
  const account = await query
    .selectFrom('payment_accounts')
    .select('mode')
    .where('organization_id', '=', organizationId)
    .where('enabled', '=', true)
    .executeTakeFirst()
  return { payments: page.map(toPayment), nextCursor, accountMode: account?.mode ?? null }
}

/** Payments that people have to look at, the newest first. */
export async function listTroubled(query: Kysely<Tables>, organizationId: string, limit: number): Promise<Payment[]> {
  const troubled = [sql`i.state in ('mismatch', 'disputed', 'overpaid')`]
  return (await readRows(query, organizationId, troubled, limit)).map(toPayment)
}

/** One payment; throws `NOT_FOUND`. */
export async function loadPayment(
  query: Kysely<Tables>,
  { organizationId, intentId }: { organizationId: string; intentId: string },
): Promise<Payment> {
  const [row] = await readRows(query, organizationId, [sql`i.id = ${intentId}::uuid`], 1)
  if (!row) throw new ChatError('NOT_FOUND', 'No such payment.')
  return toPayment(row)
}

/** What has come in by a payment, what goes back of it, and how that came; throws `NOT_FOUND`. */
export async function loadPaymentDetail(
  query: Kysely<Tables>,
  which: { organizationId: string; intentId: string },
): Promise<PaymentDetail> {
  const payment = await loadPayment(query, which)
  const stored = await query
    .selectFrom('payment_facts')
    .select('body')
    .where('organization_id', '=', which.organizationId)
    .where('intent_id', '=', which.intentId)
    .orderBy('at')
    .orderBy('key')
    .execute()
  const facts = stored.map(({ body }) => decodeFact(body))
  const rows = await readRefunds(query, which.organizationId, sql`r.intent_id = ${which.intentId}::uuid`)
  const captures = facts.flatMap((fact): PaymentCapture[] => {
    if (fact.type !== 'captured') return []
    const { paymentId, amount, method, at } = fact
    const ours = rows.filter((row) => row.payment_id === paymentId && row.state !== 'refused')
    const left = leftOf(facts, {
      paymentId,
      ours: ours.map((row) => ({ minor: row.amount_minor, refundId: row.refund_id })),
    })
    const refundableMinor = Math.max(0, Number(left ?? 0n))
    return [{ paymentId, amountMinor: Number(amount.minor), currency: amount.currency, method, at, refundableMinor }]
  })
  const terms = { amount: { minor: BigInt(payment.amountMinor), currency: payment.currency }, partial: payment.partial }
  const strange = viewOf(terms, facts).strange.map(({ paymentId, amount, captured }) => ({
    ...{ paymentId, amountMinor: Number(amount.minor), currency: amount.currency, captured },
  }))
  const [ledger, history] = [await loadLedger(query, which), await loadHistory(query, which)]
  return { payment, captures, strange, refunds: rows.map(toRefund), ledger, history }
}

/** Refunds that the provider will not make, the newest first. */
export async function listRefused(
  query: Kysely<Tables>,
  organizationId: string,
): Promise<{ intentId: string; purpose: string; refund: PaymentRefund }[]> {
  const rows = await readRefunds(query, organizationId, sql`r.state = 'refused'`)
  return rows.map((row) => ({ intentId: row.intent_id, purpose: row.purpose, refund: toRefund(row) }))
}

function isAbout(words: string): RawBuilder<unknown> {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(i.purpose ilike ${like} or i.id::text = lower(${words})
    or exists (select from payment_refs r where r.organization_id = i.organization_id and r.intent_id = i.id
      and r.provider_id = ${words})
    or exists (select from payment_facts f where f.organization_id = i.organization_id and f.intent_id = i.id
      and f.key = ${`captured:${words}`}))`
}

async function readRows(
  query: Kysely<Tables>,
  organizationId: string,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<Row[]> {
  const all = sql.join([sql`i.organization_id = ${organizationId}::uuid`, ...conditions], sql` and `)
  const { rows } = await sql<Row>`
    select i.*, a.mode, coalesce(v.name, s.traits ->> 'name') as visitor_name,
      case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as requester
    from payment_intents i
    join payment_accounts a on a.organization_id = i.organization_id and a.id = i.account_id
    left join members m on m.organization_id = i.organization_id and m.id = i.requested_by
    left join visitors v on v.organization_id = i.organization_id and v.id = i.visitor_id
    left join conversations k on k.organization_id = i.organization_id and k.id = i.conversation_id
    left join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    where ${all} order by i.created_at desc, i.id desc limit ${limit}::int`.execute(query)
  return rows
}

type RefundRow = Selectable<Tables['payment_refunds']> & { purpose: string; requester: PaymentRefund['requestedBy'] }

async function readRefunds(
  query: Kysely<Tables>,
  organizationId: string,
  condition: RawBuilder<unknown>,
): Promise<RefundRow[]> {
  const { rows } = await sql<RefundRow>`
    select r.*, i.purpose, case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as requester
    from payment_refunds r
    join payment_intents i on i.organization_id = r.organization_id and i.id = r.intent_id
    left join members m on m.organization_id = r.organization_id and m.id = r.requested_by
    where r.organization_id = ${organizationId}::uuid and ${condition}
    order by r.created_at desc, r.id desc limit 100`.execute(query)
  return rows
}

function toPayment(row: Row): Payment {
  const view = { state: row.state, paid: BigInt(row.paid_minor), refunded: BigInt(row.refunded_minor) }
  const { visitor_id: visitorId, visitor_name: name } = row
  return {
    ...{
      id: row.id,
      conversationId: row.conversation_id,
      purpose: row.purpose,
      currency: row.currency,
      kind: row.kind,
    },
    visitorName: visitorId === null ? null : visitorName({ id: visitorId, name }),
    ...{ amountMinor: Number(row.amount_minor), paidMinor: Number(view.paid), refundedMinor: Number(view.refunded) },
    ...{ partial: row.partial, mode: row.mode, state: row.state, status: statusOf(view), version: row.version },
    ...{ failures: row.failures, failure: row.failure, url: row.url, receipt: receiptOf(row) },
    ...{ requestedBy: row.requester, requestedAs: row.requested_as, expiresAt: row.expires_at?.toISOString() ?? null },
    ...{ createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() },
  }
}

function toRefund(row: RefundRow): PaymentRefund {
  return {
    ...{ id: row.id, paymentId: row.payment_id, amountMinor: Number(row.amount_minor), cause: row.cause },
    ...{ reason: row.reason, requestedBy: row.requester, state: row.state, error: row.error },
    createdAt: row.created_at.toISOString(),
  }
}
