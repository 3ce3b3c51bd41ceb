import { request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRazorpaySimulator, type RazorpaySimulator, virtualClock } from '../index.js'

const KEY = { id: 'rzp_test_simHTTP', secret: 'http-secret' }
const authorization = `Basic ${Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')}`
let simulator: RazorpaySimulator

beforeEach(async () => {
  simulator = createRazorpaySimulator({ clock: virtualClock(), keys: [KEY] })
  await simulator.start()
})
afterEach(() => simulator.close())

const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  fetch(simulator.url + path, {
    method,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const newOrder = () => call('POST', '/v1/orders', { amount: 49_900, currency: 'INR' })
const fault = (body: object) => call('POST', '/__sim/faults', { on: 'rest', times: 1, ...body })

describe('the API over HTTP', () => {
  it('answers in JSON', async () => {
    const response = await newOrder()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ entity: 'order' })
    expect((await call('GET', '/v2/orders')).status).toBe(400)
    expect((await call('GET', '/v1/orders', undefined, { authorization: 'Basic x' })).status).toBe(401)
  })

  it('has no word for browsers: no CORS', async () => {
    const response = await call('GET', '/v1/orders', undefined, { origin: 'http://shop.example' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('refuses a body that is too large, and one that is no JSON', async () => {
    const large = await fetch(`${simulator.url}/v1/orders`, {
      method: 'POST',
      headers: { authorization },
      body: 'x'.repeat(2 ** 20 + 1),
    })
    expect(large.status).toBe(413)
    const broken = await fetch(`${simulator.url}/v1/orders`, { method: 'POST', headers: { authorization }, body: '{' })
    expect(broken.status).toBe(400)
  })

  it('refuses another name that leads to this machine', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${simulator.url}/v1/orders`,
        { headers: { host: 'rebound.example', authorization } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      request.on('error', reject).end()
    })
    expect(status).toBe(403)
  })

  it('outlives a path that is none', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(simulator.url)
      const request = httpRequest({ host: '127.0.0.1', port, path: '//' }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject).end()
    })
    expect(status).toBe(401)
    expect((await newOrder()).status).toBe(200)
  })

  it('listens on loopback alone', () => {
    expect(new URL(simulator.url).hostname).toBe('127.0.0.1')
  })
})

describe('a fault of the API', () => {
  it.each([
    ['rate_limit', {}, 429, 'BAD_REQUEST_ERROR'],
    ['server_error', {}, 500, 'SERVER_ERROR'],
    ['server_error', { status: 503 }, 503, 'SERVER_ERROR'],
    ['operation_in_progress', {}, 400, 'BAD_REQUEST_ERROR'],
  ])('%s %j is %s, and nothing happened', async (kind, more, status, code) => {
    await fault({ kind, ...more })
    const response = await newOrder()
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code } })
    expect(simulator.state().orders.size).toBe(0)
    expect((await newOrder()).status).toBe(200)
  })

  it('html_error and empty_error are no JSON', async () => {
    await fault({ kind: 'html_error' })
    const html = await newOrder()
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    await fault({ kind: 'empty_error', status: 504 })
    const empty = await newOrder()
    expect([empty.status, await empty.text()]).toEqual([504, ''])
    expect(simulator.state().orders.size).toBe(0)
  })

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
    ['truncated_answer', 1],
  ])('%s ends the connection, and leaves %s orders', async (kind, orders) => {
    await fault({ kind })
    await expect(newOrder().then((response) => response.json())).rejects.toThrow()
    expect(simulator.state().orders.size).toBe(orders)
  })

  it.each([
    ['hang_before', 0],
    ['hang_after', 1],
  ])('%s never answers, and leaves %s orders', async (kind, orders) => {
    await fault({ kind })
    const caller = new AbortController()
    const waiting = fetch(`${simulator.url}/v1/orders`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ amount: 100, currency: 'INR' }),
      signal: caller.signal,
    })
    await expect.poll(() => simulator.state().faults.values().next().value?.left).toBe(0)
    caller.abort()
    await expect(waiting).rejects.toThrow()
    expect(simulator.state().orders.size).toBe(orders)
  })

  it('is for the calls that it names', async () => {
    await fault({ kind: 'server_error', method: 'GET', path: '/v1/orders/*' })
    const order = (await (await newOrder()).json()) as { id: string }
    expect((await call('GET', '/v1/orders')).status).toBe(200)
    expect((await call('GET', `/v1/orders/${order.id}`)).status).toBe(500)
  })

  it('latency answers later, as it would have', async () => {
    await fault({ kind: 'latency', ms: 20 })
    expect(await (await newOrder()).json()).toMatchObject({ entity: 'order' })
    expect(simulator.state().orders.size).toBe(1)
  })

  it('latency keeps a refund on its way: the same key is refused by 409 until nobody waits for it', async () => {
    const { id } = (await (await newOrder()).json()) as { id: string }
    const payment = simulator.attempt({ orderId: id })
    if (!payment.ok) throw new Error('not paid')
    const path = `/v1/payments/${payment.paymentId}/refund`
    const headers = { 'x-refund-idempotency': 'refund-0001' }
    await fault({ kind: 'latency', ms: 3_600_000, path })
    const caller = new AbortController()
    const first = fetch(simulator.url + path, {
      method: 'POST',
      headers: { authorization, ...headers },
      body: JSON.stringify({ amount: 100 }),
      signal: caller.signal,
    })
    await expect.poll(() => simulator.state().refunds.size).toBe(1)
    expect((await call('POST', path, { amount: 100 }, headers)).status).toBe(409)
    caller.abort()
    await expect(first).rejects.toThrow()
    await expect.poll(async () => (await call('POST', path, { amount: 100 }, headers)).status).toBe(200)
    const [refund] = simulator.state().refunds.values()
    expect(await (await call('POST', path, { amount: 100 }, headers)).json()).toMatchObject({ id: refund?.id })
    expect(simulator.state().refunds.size).toBe(1)
  })
})

describe('the same seed', () => {
  it('and calls are answered by the same bytes', async () => {
    const once = async () => {
      simulator.reset()
      const order = await (await newOrder()).text()
      const link = await (await call('POST', '/v1/payment_links', { amount: 100 })).text()
      return order + link
    }
    expect(await once()).toBe(await once())
    const before = await once()
    simulator.reset('another')
    expect(await (await newOrder()).text()).not.toBe(before.slice(0, before.indexOf('}') + 1))
  })
})

describe('a simulator', () => {
  it('has no address before it is started, and says when its port is taken', async () => {
    const other = createRazorpaySimulator({ port: Number(new URL(simulator.url).port) })
    expect(() => other.url).toThrow('not started')
    await expect(other.start()).rejects.toThrow('EADDRINUSE')
    await other.close()
  })

  it('refuses a key of a real account', () => {
    expect(() => createRazorpaySimulator({ keys: [{ id: 'rzp_live_x', secret: 's' }] })).toThrow('rzp_test_sim')
  })
})
