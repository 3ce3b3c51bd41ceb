import { ChatError } from '@chatdesk/protocol'
import express, { type RequestHandler, Router } from 'express'
import { declareAccess } from '../../http/access.js'
import type { RateLimit } from '../../platform/rate-limit.js'
import { type ReceiveContext, receiveWebhook } from './receive-webhook.js'

/** Largest webhook, in bytes: threat 81. */
const MAX_BYTES = 256 * 1024

/** What the routes need. */
export interface WebhookRoutesContext extends ReceiveContext {
  /** Of one address: a flood of one keeps nobody else's out. */
  perEndpoint: RateLimit
  /** Works on what is there, behind the answer. */
  work: () => void
}

/** `/api/payments/hooks/razorpay/:endpoint`: where a provider says that something has happened. */
export function paymentHookRoutes(context: WebhookRoutesContext): Router {
  const router = Router()
  const handler: RequestHandler<{ endpoint: string }> = async (request, response) => {
    const { endpoint: endpointId } = request.params
    if (!/^[\w-]{22}$/.test(endpointId)) throw new ChatError('NOT_FOUND', 'There is nothing at this address.')
    await context.perEndpoint.consume(endpointId)
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const header = (name: string) => request.get(name)
    const reception = await receiveWebhook(context, {
      ...{ endpointId, raw, signature: header('x-razorpay-signature'), eventId: header('x-razorpay-event-id') },
    })
    if (reception === 'refused') throw new ChatError('UNAUTHENTICATED', 'This is not signed by the provider.')
    response.set('cache-control', 'no-store').sendStatus(200)
    context.work()
  }
  const access = { for: 'everybody', because: 'what it may do, the signature of its body says' } as const
  // Bytes, before anything reads them: what was parsed and written again is not what was signed (bug 1).
  const bytes = express.raw({ type: () => true, limit: MAX_BYTES, inflate: false })
  router.post('/hooks/razorpay/:endpoint', bytes, declareAccess(access, handler, {}))
  return router
}
