import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { createRazorpaySimulator, virtualClock } from '@chatdesk/razorpay-simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentProvider } from '../payment-provider.js'
import { apiSecret } from '../secrets.js'
import { createRazorpayProvider } from './create-razorpay-provider.js'

const KEY = { id: 'rzp_test_simA', secret: 'a very secret key' }
const simulator = createRazorpaySimulator({ clock: virtualClock(), keys: [KEY] })
let provider: PaymentProvider
let url: string
beforeAll(async () => {
  url = await simulator.start()
  provider = providerAt(url)
})
afterAll(() => simulator.close())

const providerAt = (baseUrl: string, keySecret = KEY.secret) =>
  createRazorpayProvider({
    keyId: KEY.id,
    keySecret: apiSecret(keySecret),
    baseUrl,
    fetch,
    random: () => 0,
    wait: async () => {},
  })
const INR = (minor: number) => ({ minor: BigInt(minor), currency: 'INR' })
let counter = 0
const orderOf = (minor = 50_000) => ({
  ...{
    receipt: `pi_${String(++counter).padStart(32, '0')}`,
    amount: INR(minor),
    partial: false,
    notes: { intent: 'i' },
  },
})
const linkOf = (minor = 50_000) => ({
  ...{
    referenceId: `pi_${String(++counter).padStart(32, '0')}`,
    amount: INR(minor),
    partial: false,
    description: 'A chair',
  },
  ...{ expiresAt: null, callbackUrl: null, notes: {} },
})
const wellDone = <Value>(result: { ok: true; value: Value } | { ok: false; error: unknown }): Value => {
  if (!result.ok) throw new Error(inspect(result.error))
  return result.value
}
const fault = (kind: string, path: string, times = 1) =>
  simulator.control({ type: 'fault.add', fault: { on: 'rest', kind, path, times } } as Parameters<
    typeof simulator.control
  >[0])

describe('Razorpay, by its simulator', () => {
  it('makes an order, and knows how it was paid', async () => {
    const request = orderOf()
    const order = wellDone(await provider.ensureOrder(request, false))
    expect(order).toMatchObject({ receipt: request.receipt, amount: INR(50_000), amountPaid: 0n, status: 'created' })
    simulator.attempt({ orderId: order.id })
    expect(wellDone(await provider.listOrderPayments(order.id))).toMatchObject([
      { orderId: order.id, amount: INR(50_000), status: 'captured', captured: true, amountRefunded: 0n, failure: null },
    ])
    expect(wellDone(await provider.fetchOrder(order.id))).toMatchObject({ status: 'paid', amountPaid: 50_000n })
  })

  it('says why a try has failed', async () => {
    const order = wellDone(await provider.ensureOrder(orderOf(), false))
    simulator.attempt({ orderId: order.id, outcome: { kind: 'failure', reason: 'card_declined' } })
    expect(wellDone(await provider.listOrderPayments(order.id))).toMatchObject([
      { status: 'failed', captured: false, failure: { code: 'GATEWAY_ERROR', reason: 'card_declined' } },
    ])
  })

  it('bug 22: finds the order whose answer never came, and makes no other', async () => {
    const request = orderOf()
    fault('reset_after', '/v1/orders')
    expect(await provider.ensureOrder(request, false)).toMatchObject({ ok: false, error: { kind: 'network' } })
    const found = wellDone(await provider.ensureOrder(request, true))
    expect(found.receipt).toBe(request.receipt)
    expect(wellDone(await provider.ensureOrder(request, true)).id).toBe(found.id)
  })

  it('bug 22: finds the link behind a reference that is taken', async () => {
    const request = linkOf()
    fault('reset_after', '/v1/payment_links')
    expect(await provider.ensureLink(request, false)).toMatchObject({ ok: false, error: { kind: 'network' } })
    const link = wellDone(await provider.ensureLink(request, false))
    expect(link).toMatchObject({ referenceId: request.referenceId, amount: INR(50_000), status: 'created' })
    expect(wellDone(await provider.ensureLink(request, true)).id).toBe(link.id)
  })

  it('takes nothing of another amount for its own, whatever reference it bears', async () => {
    const request = orderOf()
    wellDone(await provider.ensureOrder(request, false))
    expect(await provider.ensureOrder({ ...request, amount: INR(49_999) }, true)).toMatchObject({
      ...{ ok: false, error: { kind: 'api', code: 'MISMATCH' } },
    })
  })

  it('calls a link off, and says how it stands when that cannot be', async () => {
    const link = wellDone(await provider.ensureLink(linkOf(), false))
    expect(wellDone(await provider.cancelLink(link.id))).toMatchObject({ status: 'cancelled' })
    expect(wellDone(await provider.cancelLink(link.id))).toMatchObject({ status: 'cancelled' })
  })

  it('bug 23: sends money back once under a key', async () => {
    const order = wellDone(await provider.ensureOrder(orderOf(), false))
    simulator.attempt({ orderId: order.id })
    const [payment] = wellDone(await provider.listOrderPayments(order.id))
    const request = { paymentId: payment?.id as string, amount: INR(20_000), key: 'b0c1d2e3-refund', notes: {} }
    fault('reset_after', `/v1/payments/${payment?.id}/refund`)
    const refund = wellDone(await provider.refund(request))
    expect(wellDone(await provider.refund(request)).id).toBe(refund.id)
    expect(wellDone(await provider.listRefunds(payment?.id as string))).toMatchObject([
      { id: refund.id, amount: INR(20_000) },
    ])
    expect(wellDone(await provider.fetchPayment(payment?.id as string))).toMatchObject({
      amountRefunded: 20_000n,
      captured: true,
    })
    expect(await provider.refund({ ...request, key: 'b0c1d2e3-second', amount: INR(30_001) })).toMatchObject({
      ...{ ok: false, error: { kind: 'api', status: 400 } },
    })
  })

  it('bug 21: reads what has no notes, which are a list then', async () => {
    const order = wellDone(await provider.ensureOrder({ ...orderOf(), notes: {} }, false))
    expect(wellDone(await provider.fetchOrder(order.id))).toEqual(order)
  })

  it('bug 10: what is taken already is taken', async () => {
    const order = wellDone(await provider.ensureOrder(orderOf(), false))
    simulator.attempt({ orderId: order.id })
    const [payment] = wellDone(await provider.listOrderPayments(order.id))
    expect(wellDone(await provider.capture(payment?.id as string, INR(50_000)))).toMatchObject({ captured: true })
  })

  it('lists what an account has taken', async () => {
    const order = wellDone(await provider.ensureOrder(orderOf(), false))
    simulator.attempt({ orderId: order.id })
    const [payment] = wellDone(await provider.listOrderPayments(order.id))
    const at = payment?.createdAt.getTime() as number
    const query = { from: new Date(at - 60_000), to: new Date(at + 60_000), count: 100, skip: 0 }
    expect(wellDone(await provider.listPayments(query)).map(({ id }) => id)).toContain(payment?.id)
  })

  it.each(['rate_limit', 'server_error', 'html_error', 'empty_error', 'reset_before', 'truncated_answer'])(
    'asks again after %s, where asking does no harm',
    async (kind) => {
      const order = wellDone(await provider.ensureOrder(orderOf(), false))
      fault(kind, `/v1/orders/${order.id}`, 2)
      expect(wellDone(await provider.fetchOrder(order.id)).id).toBe(order.id)
    },
  )

  it.each([
    ['rate_limit', { kind: 'api', status: 429 }],
    ['html_error', { kind: 'network' }],
    ['empty_error', { kind: 'network' }],
    ['reset_before', { kind: 'network' }],
  ])('makes nothing twice after %s, and says what happened', async (kind, error) => {
    fault(kind, '/v1/orders')
    expect(await provider.ensureOrder(orderOf(), false)).toMatchObject({ ok: false, error })
  })

  it('leaves no fault of these tests unmet', () => {
    expect([...simulator.state().faults.values()].filter(({ left }) => left !== 0)).toEqual([])
  })

  it('gives up what its caller gives up', async () => {
    fault('hang_before', '/v1/orders/order_00000000000000')
    const giveUp = new AbortController()
    const asked = provider.fetchOrder('order_00000000000000', giveUp.signal)
    giveUp.abort()
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'timeout' } })
  })

  it('refuses what is not there, and a wrong key, in the words of Razorpay', async () => {
    expect(await provider.fetchOrder('order_00000000000000')).toMatchObject({
      ...{ ok: false, error: { kind: 'api', status: 400, description: 'The id provided does not exist' } },
    })
    expect(await providerAt(url, 'wrong').fetchOrder('order_00000000000000')).toMatchObject({
      ...{ ok: false, error: { kind: 'api', status: 401 } },
    })
  })
})

describe('an access to Razorpay', () => {
  it.each(['http://api.razorpay.com', 'http://10.0.0.1', 'ftp://127.0.0.1', 'razorpay'])(
    'leads not to %s',
    (baseUrl) => {
      expect(() => providerAt(baseUrl)).toThrow('by https')
    },
  )

  it.each(['rzp_prod_x', 'key', '', 'rzp_test_'])('bug 17: takes no key called %s', (keyId) => {
    const make = () => createRazorpayProvider({ keyId, keySecret: apiSecret('s'), fetch, random: () => 0 })
    expect(make).toThrow('rzp_test_')
  })

  it('P14: says its key to nobody who prints it, and in no error', async () => {
    expect(inspect(provider, { depth: 9, showHidden: true }) + JSON.stringify(provider)).not.toContain(KEY.secret)
    const refused = await providerAt('http://127.0.0.1:1').fetchOrder('order_1')
    const said = inspect(refused, { depth: 9 })
    expect(said).toContain('network')
    expect(said).not.toMatch(/very secret|Basic|127\.0/)
  })

  describe('of a server that misbehaves', () => {
    let server: Server
    afterEach(() => new Promise((resolve) => server.close(resolve)))
    const serve = (answer: (write: (status: number, headers: Record<string, string>, body: string) => void) => void) =>
      new Promise<string>((resolve) => {
        server = createServer((_, response) =>
          answer((status, headers, body) => response.writeHead(status, headers).end(body)),
        ).listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
      })

    it('follows no redirect: the key would go along', async () => {
      let asked = 0
      const at = await serve((write) => {
        asked++
        write(302, { location: '/v1/orders/order_2' }, '')
      })
      expect(await providerAt(at).ensureOrder(orderOf(), false)).toMatchObject({
        ok: false,
        error: { kind: 'network' },
      })
      expect(asked).toBe(1)
    })

    it.each([
      '',
      '<html>',
      '[]',
      '{"id":1}',
      '{"id":"order_1","amount":1.5,"amount_paid":0,"currency":"INR","status":"created"}',
    ])('takes %j for no order', async (body) => {
      const at = await serve((write) => write(200, {}, body))
      expect(await providerAt(at).ensureOrder(orderOf(), false)).toMatchObject({
        ok: false,
        error: { kind: 'malformed' },
      })
    })

    it('reads no more than an answer may have', async () => {
      const at = await serve((write) => write(200, {}, `"${'x'.repeat(5 * 1024 * 1024)}"`))
      expect(await providerAt(at).ensureOrder(orderOf(), false)).toMatchObject({
        ok: false,
        error: { kind: 'malformed' },
      })
    })
  })
})
