import { ChatError, type LinkReturn } from '@chatdesk/protocol'
import { linkReturn } from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { declareAccess } from '../../http/access.js'
import { parseId } from '../../http/input.js'
import type { LookContext } from '../intents/look-at-intent.js'
import { takeReturn } from '../visitors/take-return.js'
import { findReceipt } from './find-receipt.js'
import { missingReceiptPage, RECEIPT_POLICY, receiptPage, returnPage, type Way } from './receipt-page.js'
import { RECEIPT_LANGUAGES, receiptWords } from './receipt-words.js'

type Words = ReturnType<typeof receiptWords>

/** After so many seconds each, the way back looks again by itself: between a bank's yes and the money there are some. */
const LOOKS = [3, 5, 10, 30]

function nextLook(claim: LinkReturn, looks: number): Way['again'] {
  const seconds = LOOKS[looks]
  if (seconds === undefined) return undefined
  return { seconds, url: `?${new URLSearchParams({ ...claim, looks: `${looks + 1}` })}` }
}

/** `/api/payments/receipts/:token` and `/api/payments/organizations/:organization/back/:id`: what a payer reads who has nothing but an address. */
export function receiptRoutes(context: LookContext): Router {
  const router = Router()
  const page =
    (draw: (request: Request, words: Words) => Promise<{ status: number; html: string }>): RequestHandler =>
    async (request, response) => {
      const words = receiptWords(request.acceptsLanguages([...RECEIPT_LANGUAGES]) || 'en')
      const { status, html } = await draw(request, words)
      response
        .status(status)
        .set({
          'cache-control': 'no-store',
          'content-security-policy': RECEIPT_POLICY,
          // The address is all that keeps it from others.
          'referrer-policy': 'no-referrer',
        })
        .vary('Accept-Language')
        .type('html')
        .send(html)
    }

  const receipt = page(async (request, words) => {
    const { token } = request.params
    if (!/^[\w-]{22}$/.test(`${token}`)) throw new ChatError('NOT_FOUND', 'There is nothing at this address.')
    const found = await findReceipt(context.database, `${token}`)
    if (!found) return { status: 404, html: missingReceiptPage(words) }
    return { status: 200, html: receiptPage(words, found) }
  })
  const back = page(async (request, words) => {
    const organizationId = parseId(`${request.params.organization}`, 'payment')
    const intentId = parseId(`${request.params.id}`, 'payment')
    // Whoever follows it without is told the same as somebody whose payment is being checked.
    const claim = linkReturn.safeParse(request.query)
    const token = claim.success ? await takeReturn(context, { organizationId, intentId }, claim.data) : null
    // Relative, so that it holds wherever the server is mounted.
    const receipt = token && `../../../receipts/${token}`
    const again = claim.success ? nextLook(claim.data, Number(request.query.looks ?? 0)) : undefined
    return { status: 200, html: returnPage(words, { receipt, again }) }
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
  router.get('/organizations/:organization/back/:id', declareAccess(signed, back, {}))
  return router
}
