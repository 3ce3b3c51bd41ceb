import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRazorpaySimulator, virtualClock } from '@chatdesk/razorpay-simulator'
import { describe, expect, it } from 'vitest'
import { apiSecret, webhookSecret } from '../secrets.js'
import { createRazorpayProvider } from './create-razorpay-provider.js'
import { parseWebhook } from './parse-webhook.js'
import { isWebhookSigned } from './signatures.js'

describe('webhooks of Razorpay', () => {
  it('are read as they are sent: signed over their bytes, with the order of a link named without its prefix', async () => {
    const received: { raw: Buffer; signature: string }[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      received.push({ raw: Buffer.concat(chunks), signature: String(request.headers['x-razorpay-signature']) })
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const secret = webhookSecret('hook secret')
    const simulator = createRazorpaySimulator({
      ...{ clock: virtualClock(), keys: [{ id: 'rzp_test_simA', secret: 'a' }] },
      webhook: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret },
    })
    const baseUrl = await simulator.start()
    const provider = createRazorpayProvider({
      ...{ keyId: 'rzp_test_simA', keySecret: apiSecret('a'), baseUrl, fetch, random: () => 0 },
    })
    const amount = { minor: 500n, currency: 'INR' }
    const order = await provider.ensureOrder({ receipt: 'r', amount, partial: false, notes: {} }, false)
    const link = await provider.ensureLink(
      {
        referenceId: 'l',
        amount,
        partial: false,
        description: 'Café ₹',
        expiresAt: null,
        callbackUrl: null,
        notes: {},
      },
      false,
    )
    if (!order.ok || !link.ok) throw new Error('nothing was made')
    simulator.attempt({ orderId: order.value.id })
    simulator.attempt({ linkId: link.value.id })
    await simulator.advance(1_000)
    await simulator.idle()

    const events = received.map(({ raw, signature }) => {
      expect(isWebhookSigned(raw, signature, [secret])).toBe(true)
      return parseWebhook(raw)
    })
    const named = (name: string) => events.filter((event) => event?.name === name)
    expect(named('order.paid').flatMap((event) => event?.orderIds)).toContain(order.value.id)
    expect(named('payment.captured').flatMap((event) => event?.orderIds)).toContain(order.value.id)
    const [paid] = named('payment_link.paid')
    expect(paid?.linkIds).toEqual([link.value.id])
    const known = await provider.fetchLink(link.value.id)
    expect(paid?.orderIds).toEqual([known.ok && known.value.orderId])
    expect(paid?.paymentIds).toHaveLength(1)
    await simulator.close()
    server.close()
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"event":1}',
    '{"event":"a","created_at":1}',
    '{"event":"a","created_at":1,"payload":{"payment":[]}}',
  ])('says nothing of %j', (text) => {
    expect(parseWebhook(Buffer.from(text))).toBeUndefined()
  })

  it('reads a dispute, which nothing else tells of', () => {
    const entity = { id: 'disp_1', payment_id: 'pay_1', amount: 500, currency: 'INR', status: 'open' }
    const event = (name: string, changes = {}) =>
      parseWebhook(
        Buffer.from(
          JSON.stringify({ event: name, created_at: 1, payload: { dispute: { entity: { ...entity, ...changes } } } }),
        ),
      )
    const dispute = { id: 'disp_1', paymentId: 'pay_1', amount: { minor: 500n, currency: 'INR' } }
    expect(event('payment.dispute.created')?.dispute).toEqual({ ...dispute, state: 'open' })
    expect(event('payment.dispute.lost')?.dispute).toEqual({ ...dispute, state: 'lost' })
    expect(event('payment.dispute.unheard_of')?.dispute).toBeNull()
    expect(event('payment.dispute.created', { amount: undefined })?.dispute).toBeNull()
  })
})
