import {
  checkoutRequest,
  checkoutResponse,
  listVisitorPaymentsResponse,
  paymentClaimRequest,
  paymentSeenRequest,
  visitorPaymentResponse,
} from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { declareAccess, type InputSchema } from '../../http/access.js'
import { jsonBody, parseId, parseInput } from '../../http/input.js'
import type { VisitorActor } from '../../organizations/actor.js'
import { type Action, authorize } from '../../organizations/index.js'
import type { RateLimit } from '../../platform/rate-limit.js'
import { askProvider, takeClaim } from './ask-provider.js'
import { type CheckoutContext, openCheckout } from './open-checkout.js'
import { findOwnIntent, listVisitorPayments, markPaymentsSeen, toVisitorPayment } from './visitor-payments.js'

/** What the routes need. */
export interface VisitorPaymentsContext extends CheckoutContext {
  authenticate: (request: Request) => Promise<VisitorActor>
  writesPerSession: RateLimit
}

/** `/api/widget/payments`: what a visitor has been asked to pay (M2, M3). */
export function visitorPaymentRoutes(context: VisitorPaymentsContext): Router {
  const { database, authenticate, writesPerSession } = context
  const router = Router()
  const route = <Body>(
    [method, path]: ['get' | 'post', string],
    { action, body, answer }: { action: Action; body?: InputSchema<Body>; answer?: InputSchema<unknown> },
    run: (actor: VisitorActor, request: Request, body: Body) => Promise<unknown>,
  ) => {
    const handler: RequestHandler = async (request, response) => {
      response.set('cache-control', 'no-store')
      const actor = await authenticate(request)
      authorize(actor, action)
      if (method !== 'get') await writesPerSession.consume(actor.sessionId)
      const input = body ? parseInput(body, request.body ?? {}) : undefined
      const answered = await run(actor, request, input as Body)
      if (answered === undefined) response.sendStatus(204)
      else response.json(answered)
    }
    router[method](path, jsonBody, declareAccess({ for: 'visitor', action }, handler, { body }, answer))
  }
  const idOf = (request: Request) => parseId(request.params.id as string, 'payment')
  const one = async (actor: VisitorActor, intentId: string) => ({
    payment: toVisitorPayment(await findOwnIntent(database, actor, intentId)),
  })

  route(['get', '/payments'], { action: 'payment.list', answer: listVisitorPaymentsResponse }, async (actor) => ({
    payments: await listVisitorPayments(database, actor),
  }))
  route(['post', '/payments/seen'], { action: 'payment.list', body: paymentSeenRequest }, (actor, _, { payments }) =>
    markPaymentsSeen(database, actor, payments),
  )
  const checkout = { action: 'payment.check', body: checkoutRequest, answer: checkoutResponse } as const
  route(['post', '/payments/:id/checkout'], checkout, (actor, request, { blocked = false }) =>
    openCheckout(context, actor, { intentId: idOf(request), blocked }),
  )
  const claim = { action: 'payment.check', body: paymentClaimRequest, answer: visitorPaymentResponse } as const
  route(['post', '/payments/:id/claim'], claim, async (actor, request, claimed) => {
    await takeClaim(context, actor, { intentId: idOf(request), ...claimed })
    return one(actor, idOf(request))
  })
  const check = { action: 'payment.check', answer: visitorPaymentResponse } as const
  route(['post', '/payments/:id/check'], check, async (actor, request) => {
    await askProvider(context, actor, idOf(request))
    return one(actor, idOf(request))
  })
  return router
}
