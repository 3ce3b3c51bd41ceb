import { ChatError } from '@chatdesk/protocol'
import type * as z from 'zod/mini'
import type { Money } from '../../money/money.js'
import type {
  PaymentMode,
  PaymentProvider,
  ProviderError,
  ProviderLink,
  ProviderOrder,
  ProviderResult,
} from '../payment-provider.js'
import { baseOf, callRazorpay, type RazorpayAccess } from './call-razorpay.js'
import {
  collectionOf,
  linkAnswer,
  linksAnswer,
  orderAnswer,
  paymentAnswer,
  refundAnswer,
  toLink,
  toOrder,
  toPayment,
  toRefund,
} from './entities.js'
import { isCheckoutSigned, isLinkSigned } from './signatures.js'

/** The mode that a key is of: it is told by its beginning (bug 17). Throws `VALIDATION_FAILED` for what is no key. */
export function modeOf(keyId: string): PaymentMode {
  const mode = /^rzp_(test|live)_[A-Za-z0-9]+$/.exec(keyId)?.[1]
  if (mode === 'test' || mode === 'live') return mode
  throw new ChatError('VALIDATION_FAILED', 'keyId: a key begins with rzp_test_ or rzp_live_.', { field: 'keyId' })
}

/** An account at Razorpay. Nothing of it is a property: whatever is logged, its key is not in it (P14). */
export function createRazorpayProvider(access: RazorpayAccess): PaymentProvider {
  const mode = modeOf(access.keyId)
  baseOf(access)
  const get = <Answer, Value>(
    path: string,
    answer: z.ZodMiniType<Answer>,
    to: (answer: Answer) => Value,
    signal?: AbortSignal,
  ) => callRazorpay(access, { method: 'GET', path, repeatable: true, answer, signal }).then((result) => map(result, to))
  const post = <Answer, Value>(
    path: string,
    {
      answer,
      to,
      ...call
    }: { answer: z.ZodMiniType<Answer>; to: (answer: Answer) => Value; body: unknown; signal: AbortSignal | undefined },
    more: { repeatable: boolean; headers?: Readonly<Record<string, string>> },
  ) => callRazorpay(access, { method: 'POST', path, answer, ...call, ...more }).then((result) => map(result, to))

  const findOrder = async (receipt: string, amount: Money, signal?: AbortSignal) => {
    const path = `/v1/orders?receipt=${encodeURIComponent(receipt)}&count=100`
    const found = await get(path, collectionOf(orderAnswer), ({ items }) => items.map(toOrder), signal)
    return choose(found, (order: ProviderOrder) => order.receipt === receipt, amount)
  }
  const findLink = async (referenceId: string, amount: Money, signal?: AbortSignal) => {
    const path = `/v1/payment_links?reference_id=${encodeURIComponent(referenceId)}`
    const found = await get(path, linksAnswer, ({ payment_links: links }) => links.map(toLink), signal)
    return choose(found, (link: ProviderLink) => link.referenceId === referenceId, amount)
  }
  const fetchPayment: PaymentProvider['fetchPayment'] = (id, signal) =>
    get(`/v1/payments/${encodeURIComponent(id)}`, paymentAnswer, toPayment, signal)
  const fetchLink: PaymentProvider['fetchLink'] = (id, signal) =>
    get(`/v1/payment_links/${encodeURIComponent(id)}`, linkAnswer, toLink, signal)

  return {
    name: 'razorpay',
    mode,
    async ensureOrder({ receipt, amount, partial, notes }, mayExist, signal) {
      if (mayExist) {
        const found = await findOrder(receipt, amount, signal)
        if (!found.ok || found.value) return found as ProviderResult<ProviderOrder>
      }
      const body = {
        ...wire(amount),
        receipt,
        notes,
        partial_payment: partial,
        payment: { capture: 'automatic', ...CAPTURE },
      }
      const made = await post('/v1/orders', { answer: orderAnswer, to: toOrder, body, signal }, { repeatable: false })
      return made.ok ? fit(made, amount) : made
    },
    async ensureLink({ referenceId, amount, partial, description, expiresAt, callbackUrl, notes }, mayExist, signal) {
      if (mayExist) {
        const found = await findLink(referenceId, amount, signal)
        if (!found.ok || found.value) return found as ProviderResult<ProviderLink>
      }
      const body = {
        ...{ ...wire(amount), reference_id: referenceId, description, notes, accept_partial: partial },
        // Whom to remind is the host's to say; nobody is written to because a chat has asked for money.
        ...{ notify: { sms: false, email: false }, reminder_enable: false },
        ...(expiresAt ? { expire_by: Math.floor(expiresAt.getTime() / 1000) } : {}),
        ...(callbackUrl ? { callback_url: callbackUrl, callback_method: 'get' } : {}),
      }
      const call = { answer: linkAnswer, to: toLink, body, signal }
      const made = await post('/v1/payment_links', call, { repeatable: false })
      if (made.ok) return fit(made, amount)
      // The reference is taken: by ourselves, before an answer that never came (bug 22).
      if (made.error.kind !== 'api' || !/reference/i.test(made.error.description)) return made
      const found = await findLink(referenceId, amount, signal)
      return found.ok && found.value === undefined ? made : (found as ProviderResult<ProviderLink>)
    },
    fetchOrder: (id, signal) => get(`/v1/orders/${encodeURIComponent(id)}`, orderAnswer, toOrder, signal),
    fetchLink,
    async cancelLink(id, signal) {
      const call = { answer: linkAnswer, to: toLink, body: {}, signal }
      const ended = await post(`/v1/payment_links/${encodeURIComponent(id)}/cancel`, call, { repeatable: false })
      // Paid, expired, cancelled already, or nobody knows: as it is then.
      return ended.ok ? ended : fetchLink(id, signal)
    },
    fetchPayment,
    listOrderPayments: (orderId, signal) =>
      get(
        `/v1/orders/${encodeURIComponent(orderId)}/payments`,
        collectionOf(paymentAnswer),
        ({ items }) => items.map(toPayment),
        signal,
      ),
    listPayments: ({ from, to, count, skip }, signal) => {
      const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
      const path = `/v1/payments?from=${seconds(from)}&to=${seconds(to)}&count=${count}&skip=${skip}`
      return get(path, collectionOf(paymentAnswer), ({ items }) => items.map(toPayment), signal)
    },
    async capture(paymentId, amount, signal) {
      const call = { answer: paymentAnswer, to: toPayment, body: wire(amount), signal }
      const taken = await post(`/v1/payments/${encodeURIComponent(paymentId)}/capture`, call, { repeatable: false })
      if (taken.ok) return taken
      // Taken already, perhaps by ourselves: that is what was wished for (bug 10).
      const found = await fetchPayment(paymentId, signal)
      return found.ok && found.value.captured ? found : taken
    },
    refund: ({ paymentId, amount, key, notes }, signal) => {
      const body = { amount: Number(amount.minor), speed: 'normal', notes, receipt: key.slice(0, 40) }
      const headers = { 'x-refund-idempotency': key }
      const call = { answer: refundAnswer, to: toRefund, body, signal }
      // The same key and the same bytes: the same refund, however often (bug 23).
      return post(`/v1/payments/${encodeURIComponent(paymentId)}/refund`, call, { repeatable: true, headers })
    },
    listRefunds: (paymentId, signal) =>
      get(
        `/v1/payments/${encodeURIComponent(paymentId)}/refunds?count=100`,
        collectionOf(refundAnswer),
        ({ items }) => items.map(toRefund),
        signal,
      ),
    isGenuineClaim: (claim) =>
      claim.kind === 'order' ? isCheckoutSigned(claim, access.keySecret) : isLinkSigned(claim, access.keySecret),
  }
}

/** Taken as soon as it is authorized, also when a bank says so days later; what is not goes back. Minutes. */
const CAPTURE = {
  capture_options: { automatic_expiry_period: 7200, manual_expiry_period: 7200, refund_speed: 'normal' },
}

const wire = ({ minor, currency }: Money) => ({ amount: Number(minor), currency })

function map<Answer, Value>(result: ProviderResult<Answer>, to: (answer: Answer) => Value): ProviderResult<Value> {
  return result.ok ? { ok: true, value: to(result.value) } : result
}

const MISMATCH: ProviderError = {
  ...{ kind: 'api', status: 422, code: 'MISMATCH' },
  description: 'What stands under this reference is of another amount or currency.',
}

/** Whether what the provider has is what was asked for. */
function fit<Value extends { amount: Money }>(
  result: { ok: true; value: Value },
  amount: Money,
): ProviderResult<Value> {
  const { minor, currency } = result.value.amount
  return minor === amount.minor && currency === amount.currency ? result : { ok: false, error: MISMATCH }
}

/** The first that is ours; undefined: there is none. */
function choose<Value extends { amount: Money }>(
  found: ProviderResult<Value[]>,
  isOurs: (value: Value) => boolean,
  amount: Money,
): ProviderResult<Value | undefined> {
  if (!found.ok) return found
  const value = found.value.find(isOurs)
  return value ? fit({ ok: true, value }, amount) : { ok: true, value: undefined }
}
