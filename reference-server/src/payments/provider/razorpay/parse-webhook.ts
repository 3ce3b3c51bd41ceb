import * as z from 'zod/mini'
import type { WebhookEvent } from '../payment-provider.js'

const entity = z.looseObject({
  id: z.optional(z.string()),
  order_id: z.optional(z.nullable(z.string())),
  payment_id: z.optional(z.nullable(z.string())),
  amount: z.optional(z.int()),
  currency: z.optional(z.string()),
  status: z.optional(z.string()),
})

const envelope = z.object({
  event: z.string(),
  account_id: z.optional(z.string()),
  created_at: z.int(),
  payload: z.record(z.string(), z.object({ entity })),
})

/** What events of disputes say of them; others only tell of its course. */
const DISPUTE_STATES: Readonly<Record<string, 'open' | 'won' | 'lost'>> = {
  'payment.dispute.created': 'open',
  'payment.dispute.under_review': 'open',
  'payment.dispute.action_required': 'open',
  'payment.dispute.won': 'won',
  'payment.dispute.closed': 'won',
  'payment.dispute.lost': 'lost',
}

/** In events of links the order's id comes without its prefix. */
const orderIdOf = (id: string) => (id.startsWith('order_') ? id : `order_${id}`)

/** Reads what was signed; undefined: it is no event. What it tells of entities is only used to look them up. */
export function parseWebhook(raw: Buffer): WebhookEvent | undefined {
  let json: unknown
  try {
    json = JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return undefined
  const { event: name, account_id, created_at, payload } = parsed.data
  const of = (kind: string) => (payload[kind] ? [payload[kind].entity] : [])
  const ids = (kind: string) => of(kind).flatMap(({ id }) => (id ? [id] : []))
  const [dispute] = of('dispute')
  const state = DISPUTE_STATES[name]
  const orders = [...of('payment'), ...of('payment_link')].flatMap(({ order_id: id }) => (id ? [orderIdOf(id)] : []))
  return {
    ...{ name, accountId: account_id ?? null, createdAt: new Date(created_at * 1000) },
    orderIds: [...new Set([...ids('order').map(orderIdOf), ...orders])],
    linkIds: ids('payment_link'),
    paymentIds: [...new Set([...ids('payment'), ...of('refund').flatMap(({ payment_id: id }) => (id ? [id] : []))])],
    refundIds: ids('refund'),
    dispute:
      state && dispute?.id && dispute.payment_id && dispute.amount !== undefined && dispute.currency
        ? {
            ...{ id: dispute.id, paymentId: dispute.payment_id, state },
            amount: { minor: BigInt(dispute.amount), currency: dispute.currency },
          }
        : null,
  }
}
