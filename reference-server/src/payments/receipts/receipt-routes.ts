import { randomBytes } from 'node:crypto'
import { linkReturn } from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { declareAccess } from '../../http/access.js'
import { parseId } from '../../http/input.js'
import type { LookContext } from '../intents/look-at-intent.js'
import { takeReturn } from '../visitors/take-return.js'
import { findReceipt } from './find-receipt.js'
import { missingReceiptPage, type PageContext, receiptPage, returnPage } from './receipt-page.js'
import { RECEIPT_LANGUAGES, receiptWords } from './receipt-words.js'

/** `/api/payments/receipts/:token` and `/api/payments/back/:organization/:id`: what a payer reads who has nothing but an address. */
export function receiptRoutes(context: LookContext): Router {
  const router = Router()
  const page =
    (draw: (request: Request, page: PageContext) => Promise<{ status: number; html: string }>): RequestHandler =>
    async (request, response) => {
      const nonce = randomBytes(16).toString('base64')
      const words = receiptWords(request.acceptsLanguages([...RECEIPT_LANGUAGES]) || 'en')
      const { status, html } = await draw(request, { words, nonce })
      response
        .status(status)
        .set({
          'cache-control': 'no-store',
          'content-security-policy': `default-src 'none';script-src 'nonce-${nonce}';style-src 'nonce-${nonce}';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
          // The address is all that keeps it from others.
          'referrer-policy': 'no-referrer',
        })
        .vary('Accept-Language')
        .type('html')
        .send(html)
    }

  const receipt = page(async (request, drawn) => {
    const { token } = request.params
    const found = /^[\w-]{22}$/.test(`${token}`) ? await findReceipt(context.database, `${token}`) : undefined
    if (!found) return { status: 404, html: missingReceiptPage(drawn) }
    return { status: 200, html: receiptPage(drawn, found) }
  })
  const back = page(async (request, drawn) => {
    const organizationId = parseId(`${request.params.organization}`, 'payment')
    const intentId = parseId(`${request.params.id}`, 'payment')
    // Whoever follows it without is told the same as somebody whose payment is being checked.
    const claim = linkReturn.safeParse(request.query)
    const token = claim.success ? await takeReturn(context, { organizationId, intentId }, claim.data) : null
    // Relative, so that it holds wherever the server is mounted.
    return { status: 200, html: returnPage(drawn, token && `../../receipts/${token}`) }
  })
  const unguessable = {
    for: 'everybody',
    because: 'the address of a receipt is known to its payer and its team alone',
  } as const
  const signed = {
    for: 'everybody',
    because: 'what it may cause and show, the signature of the provider says',
  } as const
  router.get('/receipts/:token', declareAccess(unguessable, receipt, {}))
  router.get('/back/:organization/:id', declareAccess(signed, back, {}))
  return router
}
