import type { Draft } from '../draft.js'
import type { RequestInput } from '../inputs.js'
import { type Answer, type Call, collection, parseBody } from './call.js'
import { cancelLinkByCall, changeLink, createLink, getLink, listLinks, notifyByLink } from './links-api.js'
import { changeOrder, createOrder, getOrder, listOrderPayments, listOrders } from './orders-api.js'
import { capturePayment, changePayment, getCard, getPayment, listPayments } from './payments-api.js'
import { changeRefund, createRefund, getRefund, listRefunds } from './refunds-api.js'
import { badRequest, notApplicable, Refusal, unknownUrl } from './refusal.js'
import {
  createPayment,
  createUpiPayment,
  listMethods,
  listTransfers,
  notSimulated,
  sendOtp,
  submitOtp,
  validateVpa,
} from './server-payments-api.js'

type Handler = (call: Call, first: string, second: string) => Answer

/** The calls, in the order in which they are tried: fixed names before ids. */
const ROUTES: readonly (readonly [method: string, path: string, handle: Handler])[] = [
  ['POST', 'orders', createOrder],
  ['GET', 'orders', listOrders],
  ['GET', 'orders/:', getOrder],
  ['PATCH', 'orders/:', changeOrder],
  ['GET', 'orders/:/payments', listOrderPayments],
  ['POST', 'payments/create/json', createPayment],
  ['POST', 'payments/create/upi', createUpiPayment],
  ['POST', 'payments/create/recurring', notSimulated],
  ['POST', 'payments/validate/vpa', validateVpa],
  ['GET', 'payments/downtimes', () => collection([])],
  ['GET', 'payments/downtimes/:', noSuchId],
  ['GET', 'payments', listPayments],
  ['GET', 'payments/:', getPayment],
  ['PATCH', 'payments/:', changePayment],
  ['POST', 'payments/:/capture', capturePayment],
  ['POST', 'payments/:/refund', createRefund],
  ['GET', 'payments/:/refunds', (call, payment) => listRefunds(call, payment)],
  ['GET', 'payments/:/refunds/:', (call, payment, refund) => getRefund(call, refund, payment)],
  ['GET', 'payments/:/card', getCard],
  ['GET', 'payments/:/transfers', listTransfers],
  ['GET', 'payments/:/bank_transfer', noSuchId],
  ['POST', 'payments/:/otp_generate', sendOtp],
  ['POST', 'payments/:/otp/resend', sendOtp],
  ['POST', 'payments/:/otp/submit', submitOtp],
  ['GET', 'refunds', (call) => listRefunds(call)],
  ['GET', 'refunds/:', (call, refund) => getRefund(call, refund)],
  ['PATCH', 'refunds/:', changeRefund],
  ['POST', 'payment_links', createLink],
  ['GET', 'payment_links', listLinks],
  ['GET', 'payment_links/:', getLink],
  ['PATCH', 'payment_links/:', changeLink],
  ['POST', 'payment_links/:/cancel', cancelLinkByCall],
  ['POST', 'payment_links/:/notify_by/:', notifyByLink],
  ['GET', 'methods', listMethods],
]

function noSuchId(): never {
  throw badRequest('The id provided does not exist')
}

/** An answer of the API: status and body. */
export interface ApiAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Answers a call: who calls, what for, and then whether it can be done. */
export function answer(draft: Draft, input: RequestInput): ApiAnswer {
  try {
    const key = authenticate(draft, input.headers.authorization)
    const { handle, ids } = route(input)
    const body = handle(
      {
        draft,
        accountId: key.accountId,
        keyId: key.id,
        query: new URLSearchParams(input.query),
        body: parseBody(input.body),
        rawBody: input.body,
        headers: input.headers,
        refundKeysInFlight: input.refundKeysInFlight ?? [],
      },
      ids[0] ?? '',
      ids[1] ?? '',
    )
    return { status: 'error' in body ? 400 : 200, body }
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: { ...error.body } }
    throw error
  }
}

/** The word `Basic` in exactly this case, as Razorpay wants it. */
function authenticate(draft: Draft, header: string | undefined) {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header ?? '')?.[1]
  const [id, secret] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':')
  const key = draft.keys.find((candidate) => candidate.id === id && candidate.secret === secret)
  if (!key) throw notApplicable(401, 'Authentication failed')
  return key
}

function route({ method, path }: RequestInput): { handle: Handler; ids: string[] } {
  const segments = path
    .replace(/^\/v1\//, '')
    .replace(/\/$/, '')
    .split('/')
  for (const [routeMethod, pattern, handle] of ROUTES) {
    if (routeMethod !== method) continue
    const ids = match(pattern.split('/'), segments)
    if (ids) return { handle, ids }
  }
  throw unknownUrl()
}

/** The ids in a path, when it is of the pattern. */
function match(pattern: readonly string[], segments: readonly string[]): string[] | null {
  if (pattern.length !== segments.length) return null
  const fits = pattern.every((part, at) => part === segments[at] || (part === ':' && segments[at] !== ''))
  return fits ? segments.filter((_, at) => pattern[at] === ':') : null
}
