import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRazorpaySimulator, type RazorpaySimulator, virtualClock } from '../index.js'

let simulator: RazorpaySimulator

beforeEach(async () => {
  simulator = createRazorpaySimulator({ clock: virtualClock() })
  await simulator.start()
})
afterEach(() => simulator.close())

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests, which say what they expect.
type Answer = any

async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${simulator.url}/__sim/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}
const ok = async (...call: Parameters<typeof control>) => {
  const answer = await control(...call)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body
}
async function api(path: string, body: object): Promise<Answer> {
  const [key] = simulator.keys
  const response = await fetch(`${simulator.url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key?.id}:${key?.secret}`).toString('base64')}` },
    body: JSON.stringify(body),
  })
  return response.json()
}
const newOrder = (more = {}) => api('/orders', { amount: 1_000, currency: 'INR', ...more })

describe('the control plane', () => {
  it('has an order paid, fail, or wait', async () => {
    const { id } = await newOrder()
    expect(await ok('POST', `checkout/${id}/card_declined`)).toMatchObject({
      status: 'failed',
      error: { reason: 'card_declined' },
    })
    expect(await ok('POST', `checkout/${id}/silent`)).toMatchObject({ status: 'created', signature: null })
    const paid = await ok('POST', `checkout/${id}/success`, {
      email: 'a@example.com',
      instrument: { method: 'upi', vpa: 'a@upi' },
    })
    expect(paid).toMatchObject({ status: 'captured', signature: expect.any(String) })
    expect(simulator.state().payments.get(paid.paymentId)).toMatchObject({
      email: 'a@example.com',
      instrument: { vpa: 'a@upi' },
    })
    expect(await ok('POST', `checkout/${id}/success`)).toMatchObject({ ok: false })
    expect(await ok('GET', 'invariants')).toEqual([])
  })

  it('lets time pass, so that late money comes', async () => {
    const { id } = await newOrder()
    const { paymentId } = await ok('POST', `checkout/${id}/late`)
    const { now } = await ok('GET', 'clock')
    expect(await ok('POST', 'clock', { advance: 600_000 })).toEqual({ now: now + 600_000 })
    expect(simulator.state().payments.get(paymentId)?.status).toBe('failed')
    await ok('POST', 'clock', { advance: 600_000 })
    expect(simulator.state().payments.get(paymentId)?.status).toBe('captured')
  })

  it('moves payments and refunds', async () => {
    const { id } = await newOrder()
    const { paymentId } = await ok('POST', `checkout/${id}/silent`)
    await ok('POST', `payments/${paymentId}/transition`, { to: 'failed', reason: 'gateway_technical_error' })
    await ok('POST', `payments/${paymentId}/transition`, { to: 'authorized' })
    const { id: refundId } = await api(`/payments/${paymentId}/refund`, {})
    expect(await ok('POST', `refunds/${refundId}/transition`, { to: 'failed' })).toMatchObject({ status: 'failed' })
    expect((await control('POST', `refunds/${refundId}/transition`, { to: 'failed' })).status).toBe(400)
  })

  it('pays a link, and says where it leads', async () => {
    const link = await api('/payment_links', {
      amount: 500,
      callback_url: 'http://127.0.0.1/back',
      callback_method: 'get',
    })
    expect(await ok('POST', `links/${link.id}/card_declined`)).toMatchObject({ status: 'failed', redirect: null })
    const { redirect } = await ok('POST', `links/${link.id}/success`)
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1\/back\?razorpay_payment_id=pay_/)
  })

  it('adds, changes, rotates and removes endpoints, and shows no secret', async () => {
    const { id } = await ok('POST', 'webhooks', {
      url: 'http://127.0.0.1:9/',
      secret: 'one',
      events: ['order.paid'],
      order: 'reverse',
    })
    await ok('PATCH', `webhooks/${id}`, { secret: 'two', active: false })
    expect(simulator.state().webhooks.get(id)).toMatchObject({ secret: 'two', active: false })
    const shown = await ok('GET', 'webhooks')
    expect(shown).toMatchObject([{ id, events: ['order.paid'], order: 'reverse' }])
    expect(JSON.stringify([shown, await ok('GET', 'snapshot'), await ok('GET', 'deliveries')])).not.toMatch(
      /two|simulator-key-secret/,
    )
    await ok('DELETE', `webhooks/${id}`)
    expect(await ok('GET', 'webhooks')).toEqual([])
  })

  it('keeps a journal of events and deliveries, and sends again', async () => {
    await ok('POST', 'webhooks', { url: 'http://127.0.0.1:9/', secret: null })
    await ok('POST', 'faults', { on: 'webhook', kind: 'hold' })
    const { id } = await newOrder()
    await ok('POST', `checkout/${id}/success`)
    expect((await ok('GET', 'deliveries')).map(({ status }: Answer) => status)).toEqual(['held', 'held', 'held'])
    expect(await ok('POST', 'deliveries/release', {})).toEqual({ released: 3 })
    await ok('POST', 'deliveries/settle')
    expect((await ok('GET', 'deliveries'))[0].attempts).toHaveLength(1)
    const [event] = await ok('GET', 'events')
    expect(await ok('POST', `events/${event.id}/replay`, { underNewId: true })).toHaveLength(1)
    expect(await ok('GET', 'alerts')).toEqual([])
    const forged = await ok('POST', 'events', { name: 'order.paid', body: { event: 'order.paid' } })
    expect((await ok('GET', 'deliveries')).at(-1)).toMatchObject({ eventId: forged.id, event: 'order.paid' })
  })

  it('orders and takes away faults', async () => {
    const { id } = await ok('POST', 'faults', { on: 'rest', kind: 'server_error', status: 503 })
    expect((await newOrder()).error.code).toBe('SERVER_ERROR')
    await ok('DELETE', `faults/${id}`)
    await ok('POST', 'faults', { on: 'refund', kind: 'fail', times: 2 })
    expect(await ok('GET', 'faults')).toMatchObject([{ on: 'refund', left: 2 }])
    await ok('DELETE', 'faults')
    expect(await ok('GET', 'faults')).toEqual([])
  })

  it('changes what an account chooses, and begins again', async () => {
    expect(await ok('PATCH', 'settings', { autoCapture: false })).toMatchObject({ autoCapture: false })
    const first = await newOrder()
    expect(await ok('POST', `checkout/${first.id}/success`)).toMatchObject({ status: 'authorized' })
    await ok('POST', 'reset')
    expect((await ok('GET', 'snapshot')).orders).toEqual([])
    expect((await newOrder()).id).toBe(first.id)
    await ok('POST', 'reset', { seed: 'other' })
    expect((await newOrder()).id).not.toBe(first.id)
  })

  it('describes itself', async () => {
    const { openapi, paths } = await ok('GET', 'openapi')
    expect(openapi).toBe('3.1.0')
    expect(paths['/__sim/checkout/{id1}/{id2}'].post.summary).toBe('Pay an order, with an outcome')
    expect(paths['/__sim/clock'].post.requestBody.content['application/json'].schema.properties).toHaveProperty(
      'advance',
    )
  })

  it.each([
    ['POST', 'faults', { on: 'rest', kind: 'earthquake' }],
    ['POST', 'faults', { on: 'webhook', kind: 'drop', event: 'order.lost' }],
    ['POST', 'faults', { on: 'rest', kind: 'latency', times: 0 }],
    ['POST', 'faults', { on: 'rest', kind: 'latency', probability: 2 }],
    ['POST', 'webhooks', { url: 'https://example.com', secret: 's' }],
    ['POST', 'webhooks', { url: 'http://127.0.0.1:9/' }],
    ['PATCH', 'webhooks/hook_x', { active: true }],
    ['POST', 'clock', { advance: -1 }],
    ['POST', 'clock', '{'],
    ['POST', 'reset', { seed: '' }],
    ['PATCH', 'settings', { publicUrl: 'x' }],
    ['POST', 'checkout/order_x/perhaps', {}],
    ['POST', 'checkout/order_x/success', { amount: 1.5 }],
    ['POST', 'payments/pay_x/transition', { to: 'authorized' }],
    ['POST', 'payments/pay_x/transition', { to: 'lost' }],
    ['POST', 'events/none/replay', {}],
    ['POST', 'events', { name: 'order.lost', body: {} }],
  ])('refuses %s %s with %j', async (method, path, body) => {
    const answer = await control(method, path, body)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toEqual(expect.any(String))
  })

  it('has no other paths, and is not for pages of other origins', async () => {
    expect((await control('GET', 'nothing')).status).toBe(404)
    expect((await control('DELETE', 'clock')).status).toBe(404)
    expect((await control('POST', 'reset', {}, { origin: 'http://shop.example' })).status).toBe(403)
    expect((await control('POST', 'reset', {}, { origin: 'null' })).status).toBe(403)
  })
})
