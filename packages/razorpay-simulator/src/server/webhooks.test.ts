import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '../__fixtures__/receiver.js'
import { createRazorpaySimulator, type RazorpaySimulator, systemClock, virtualClock } from '../index.js'

const HOUR = 60 * 60_000
let receiver: Receiver
let simulator: RazorpaySimulator

async function start(more: Partial<Parameters<typeof createRazorpaySimulator>[0] & object> = {}) {
  simulator = createRazorpaySimulator({
    clock: virtualClock(),
    webhook: { url: receiver.url, secret: 'hook-secret', events: ['payment.captured', 'order.paid'] },
    ...more,
  })
  await simulator.start()
}
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await simulator.close()
  await receiver.close()
})

function newOrder() {
  const [key] = simulator.keys
  return fetch(`${simulator.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key?.id}:${key?.secret}`).toString('base64')}` },
    body: JSON.stringify({ amount: 1_000, currency: 'INR', notes: { place: 'München / हैदराबाद' } }),
  }).then((response) => response.json() as Promise<{ id: string }>)
}
const pay = async () => simulator.attempt({ orderId: (await newOrder()).id })
const names = () => receiver.received.map(({ raw }) => JSON.parse(raw.toString()).event)
const isSigned = (raw: Buffer, header: unknown, secret: string) =>
  createHmac('sha256', secret).update(raw).digest('hex') === header

describe('a merchant’s endpoint', () => {
  it('gets bytes that fit their signature, and once written again do not', async () => {
    await start()
    await pay()
    await simulator.idle()
    expect(names()).toEqual(['payment.captured', 'order.paid'])
    for (const { raw, headers } of receiver.received) {
      expect(headers['content-type']).toBe('application/json')
      expect(isSigned(raw, headers['x-razorpay-signature'], 'hook-secret')).toBe(true)
      const again = Buffer.from(JSON.stringify(JSON.parse(raw.toString())))
      expect(isSigned(again, headers['x-razorpay-signature'], 'hook-secret')).toBe(false)
      expect(JSON.parse(raw.toString()).payload.payment.entity.notes.place).toBe('München / हैदराबाद')
    }
  })

  it('that answers 500 gets the same again, until it takes it', async () => {
    await start()
    receiver.answer = 500
    await pay()
    await simulator.advance(10_000)
    receiver.answer = 200
    await simulator.advance(HOUR)
    const ids = receiver.received.map(({ headers }) => headers['x-razorpay-event-id'])
    expect(ids).toHaveLength(8)
    expect(new Set(ids).size).toBe(2)
    expect([...simulator.state().deliveries.values()].map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })

  it('that never takes anything is disabled after 24 hours', async () => {
    await start()
    receiver.answer = 503
    await pay()
    await simulator.advance(24 * HOUR)
    expect([...simulator.state().webhooks.values()][0]?.active).toBe(false)
    expect(simulator.state().alerts).toHaveLength(1)
    const before = receiver.received.length
    await pay()
    await simulator.advance(HOUR)
    expect(receiver.received).toHaveLength(before)
  })

  it('that does not answer in time has failed', async () => {
    await start({ deliveryTimeout: 2_000 })
    receiver.answer = 0
    await pay()
    await simulator.idle()
    const [delivery] = simulator.state().deliveries.values()
    expect(delivery?.attempts).toMatchObject([{ status: null, error: 'timeout' }])
    receiver.answer = 200
    await simulator.advance(1_000)
    expect([...simulator.state().deliveries.values()].map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })

  it('that is not there, or points elsewhere, has failed', async () => {
    await start()
    receiver.answer = 302
    await pay()
    await simulator.idle()
    expect([...simulator.state().deliveries.values()][0]?.attempts[0]?.status).toBe(302)
    await receiver.close()
    await simulator.advance(1_000)
    expect([...simulator.state().deliveries.values()][0]?.attempts[1]).toMatchObject({
      status: null,
      error: 'ECONNREFUSED',
    })
    receiver = await startReceiver()
  })

  it('gets retries of before a rotation by the old secret, and the rest by the new one', async () => {
    await start()
    receiver.answer = 500
    await pay()
    await simulator.idle()
    const [webhook] = simulator.state().webhooks.values()
    simulator.control({ type: 'webhook.change', id: webhook?.id ?? '', secret: 'new-secret' })
    receiver.answer = 200
    receiver.received.length = 0
    await simulator.advance(1_000)
    await pay()
    await simulator.idle()
    const by = (secret: string) =>
      receiver.received.map(({ raw, headers }) => isSigned(raw, headers['x-razorpay-signature'], secret))
    expect(by('hook-secret')).toEqual([true, true, false, false])
    expect(by('new-secret')).toEqual([false, false, true, true])
  })

  it('meets loss, duplication, delay and another order', async () => {
    await start()
    simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'drop', event: 'order.paid', times: 1 } })
    simulator.control({
      type: 'fault.add',
      fault: { on: 'webhook', kind: 'duplicate', event: 'payment.captured', times: 1 },
    })
    await pay()
    await simulator.idle()
    expect(names()).toEqual(['payment.captured', 'payment.captured'])
    receiver.received.length = 0
    simulator.control({
      type: 'fault.add',
      fault: { on: 'webhook', kind: 'delay', event: 'payment.captured', ms: HOUR, times: 1 },
    })
    await pay()
    await simulator.advance(HOUR)
    expect(names()).toEqual(['order.paid', 'payment.captured'])
    receiver.received.length = 0
    simulator.control({ type: 'webhook.change', id: [...simulator.state().webhooks.keys()][0] ?? '', order: 'reverse' })
    await pay()
    await simulator.idle()
    expect(names()).toEqual(['order.paid', 'payment.captured'])
  })
})

describe('a reset', () => {
  it('forgets what is on its way, and keeps the endpoint it was made with', async () => {
    await start({ deliveryTimeout: 2_000 })
    receiver.answer = 0
    await pay()
    simulator.reset()
    receiver.answer = 200
    await simulator.idle()
    expect(simulator.state().deliveries.size).toBe(0)
    await pay()
    await simulator.idle()
    expect([...simulator.state().deliveries.values()].map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })
})

describe('what a delivery of before a reset comes to', () => {
  it('is nothing to one that has the same id after it', async () => {
    await start({ deliveryTimeout: 2_000 })
    receiver.answer = 0
    await pay()
    await expect.poll(() => receiver.received.length).toBe(1)
    simulator.reset()
    receiver.answer = 200
    await pay()
    await simulator.idle()
    const deliveries = [...simulator.state().deliveries.values()]
    expect(deliveries.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([[200], [200]])
  })
})

describe('the clock on the wall', () => {
  it('runs what is due by itself, and may be moved ahead', async () => {
    await start({ clock: systemClock(), settings: { retryAfter: [20] } })
    receiver.answer = 500
    await pay()
    await expect.poll(() => receiver.received.length).toBe(4)
    receiver.answer = 200
    const before = simulator.now()
    await simulator.advance(25 * HOUR)
    expect(simulator.now() - before).toBeGreaterThanOrEqual(25 * HOUR)
    expect([...simulator.state().webhooks.values()][0]?.active).toBe(false)
  })
})
