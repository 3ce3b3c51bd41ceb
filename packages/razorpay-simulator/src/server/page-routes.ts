import type { IncomingMessage, ServerResponse } from 'node:http'
import type * as z from 'zod/mini'
import type { AttemptInput, AttemptResult, CheckoutError } from '../core/inputs.js'
import { linkRedirect } from '../core/link-redirect.js'
import { outcomeNamed } from '../core/outcomes.js'
import { failureOf, isOtpAccepted } from '../core/test-instruments.js'
import { linkView, orderView } from '../core/views.js'
import { pageAsset } from '../page-assets.js'
import { pageAttemptSchema } from './control-schemas.js'
import type { Engine } from './engine.js'
import { isFromElsewhere, readBody, send, sendJson } from './http.js'

type PageAttempt = z.infer<typeof pageAttemptSchema>

/** Nothing but what the pages need, and frames from anywhere, as a checkout has to be. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"

/** Whether a path is one of the checkout's or of a link's. */
export function isPagePath(path: string): boolean {
  return path === '/v1/checkout.js' || path.startsWith('/checkout/') || path.startsWith('/l/')
}

/** Serves the checkout's script, its frame, the page of links, and what these ask for. */
export function createPageRoutes(
  engine: Engine,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  return async (request, response, url) => {
    const { pathname } = url
    const asset = request.method === 'GET' ? pageAsset(pathname.startsWith('/l/') ? '/l' : pathname) : undefined
    if (asset) {
      return send(response, 200, asset.type, asset.text, {
        'cache-control': 'no-store',
        'content-security-policy': POLICY,
        'cross-origin-resource-policy': 'cross-origin',
      })
    }
    if (isFromElsewhere(request))
      return sendJson(response, 403, { error: 'Only the pages of the simulator may ask this.' })
    const [, , kind = '', id = '', more = ''] = pathname.split('/')
    if (request.method === 'GET') {
      const found = shown(engine, kind, id, url.searchParams)
      return found ? sendJson(response, 200, found) : sendJson(response, 404, { error: 'There is no such page.' })
    }
    const body = request.method === 'POST' ? parse(await readBody(request)) : null
    if (!body) return sendJson(response, 400, { error: 'This is no attempt.' })
    const made = attempted(engine, kind, id, more, body)
    return made ? sendJson(response, 200, made) : sendJson(response, 404, { error: 'There is no such page.' })
  }
}

/** What an attempt of a page comes to, or nothing if there is no such page. */
function attempted(engine: Engine, kind: string, id: string, more: string, body: PageAttempt): unknown {
  if (kind === 'attempts') return attemptOnOrder(engine, body)
  return kind === 'links' && more === 'attempts' ? attemptOnLink(engine, id, body) : null
}

/** What a page asks for before and between attempts, or nothing if there is no such thing. */
function shown(engine: Engine, kind: string, id: string, query: URLSearchParams): unknown {
  if (kind === 'preferences') return preferences(engine, query)
  if (kind === 'payments') return paymentAnswer(engine, id)
  return kind === 'links' ? linkAnswer(engine, id) : null
}

function parse(text: string): PageAttempt | null {
  try {
    return pageAttemptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function error(description: string): CheckoutError {
  return {
    code: 'BAD_REQUEST_ERROR',
    description,
    source: 'business',
    step: 'payment_initiation',
    reason: 'input_validation_failed',
    metadata: {},
  }
}

/** What a checkout shows before anyone pays; or why it cannot open: a wrong key, an order that is not, another amount. */
function preferences(engine: Engine, query: URLSearchParams): unknown {
  const state = engine.state()
  const key = state.keys.find(({ id }) => id === query.get('key'))
  if (!key) return { error: error('The api key provided is invalid') }
  const orderId = query.get('order_id')
  if (orderId === null) return { order: null }
  const order = state.orders.get(orderId)
  if (order?.accountId !== key.accountId) return { error: error('The id provided does not exist') }
  const amount = query.get('amount')
  const due = order.amount - order.amountPaid
  if (amount !== null && Number(amount) !== due && due > 0 && !order.partialPayment)
    return { error: error('Your payment amount is different from your order amount.') }
  return { order: orderView(order) }
}

function paymentAnswer(engine: Engine, id: string): unknown {
  const payment = engine.state().payments.get(id)
  return payment ? { status: payment.status } : null
}

function linkAnswer(engine: Engine, id: string): unknown {
  const link = engine.state().links.get(id)
  return link ? linkView(engine.state(), link) : null
}

function attemptOnOrder(engine: Engine, body: PageAttempt): unknown {
  const key = engine.state().keys.find(({ id }) => id === body.key)
  if (!key) return { ok: false, error: error('The api key provided is invalid') }
  return pay(engine, body, {
    accountId: key.accountId,
    ...(body.order_id === undefined ? {} : { orderId: body.order_id }),
    ...(body.amount === undefined ? {} : { amount: body.amount }),
    ...(body.currency === undefined ? {} : { currency: body.currency }),
  })
}

function attemptOnLink(engine: Engine, linkId: string, body: PageAttempt): unknown {
  const result = pay(engine, body, { linkId, ...(body.amount === undefined ? {} : { amount: body.amount }) })
  return result.ok ? { ...result, redirect: linkRedirect(engine.state(), linkId, result.paymentId) } : result
}

function pay(engine: Engine, body: PageAttempt, target: Omit<AttemptInput, 'type'>): AttemptResult {
  const outcome = outcomeOf(body)
  if (outcome === null) return { ok: false, error: error(`There is no outcome ${body.outcome}.`) }
  const { card } = body
  return engine.attempt({
    ...target,
    ...(outcome ? { outcome } : {}),
    ...(card ? { instrument: { method: 'card', number: card.number.replace(/\s/g, ''), name: card.name } } : {}),
    description: body.description ?? null,
    email: body.email ?? null,
    contact: body.contact ?? null,
    ...(body.notes ? { notes: body.notes } : {}),
  })
}

/** What was chosen, or what card and password come to; nothing for a name that is no outcome. */
function outcomeOf({ outcome, card, otp }: PageAttempt) {
  if (outcome !== undefined) return outcomeNamed(outcome)
  const number = card?.number.replace(/\s/g, '') ?? ''
  const reason = card ? failureOf({ method: 'card', number, name: card.name }) : null
  if (reason === null && otp !== undefined && !isOtpAccepted(otp)) return outcomeNamed('authentication_failed')
  return undefined
}
