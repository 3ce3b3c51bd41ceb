import { describe, expect, it } from 'vitest'
import { CoreDriver, OTHER_KEY, START } from '../__fixtures__/core-driver.js'
import { brokenInvariants, type Fault, sign } from '../core.js'

const HOUR = 60 * 60_000
const HOOK = { type: 'webhook.add', url: 'http://127.0.0.1:9/hook', secret: 'first' } as const

function listening(settings = {}, more = {}) {
  const simulator = new CoreDriver(settings)
  const webhook = simulator.control({ ...HOOK, ...more })
  return { simulator, webhook, pay: () => simulator.pay({ orderId: simulator.order().id }) }
}
const names = (simulator: CoreDriver) => simulator.delivered.map(({ body }) => JSON.parse(body).event)

describe('a delivery', () => {
  it('is signed over its bytes, which another serialiser does not make again', () => {
    const { simulator, pay } = listening()
    pay()
    expect(simulator.delivered).toHaveLength(3)
    for (const { headers, body } of simulator.delivered) {
      expect(headers['x-razorpay-signature']).toBe(sign(body, 'first'))
      expect(headers['x-razorpay-event-id']).toMatch(/^[A-Za-z0-9]{14}$/)
      expect(sign(JSON.stringify(JSON.parse(body)), 'first')).not.toBe(headers['x-razorpay-signature'])
      expect(body).not.toMatch(/[^\x20-\x7e]/)
      expect(body).toContain('\\/')
    }
    expect(JSON.parse(simulator.delivered[1]?.body ?? '')).toMatchObject({
      entity: 'event',
      account_id: expect.stringMatching(/^acc_/),
      event: 'payment.captured',
      contains: ['payment'],
      payload: { payment: { entity: { status: 'captured', base_amount: 49_900 } } },
      created_at: START / 1000,
    })
  })

  it('has the keys of the published samples, in their order', () => {
    const { simulator, pay } = listening()
    pay()
    const { card, ...entity } = JSON.parse(simulator.delivered[1]?.body ?? '').payload.payment.entity
    expect(Object.keys(card).join(' ')).toBe(
      'id entity name last4 network type issuer international emi sub_type token_iin',
    )
    expect(Object.keys(entity).join(' ')).toBe(
      'id entity amount currency status order_id invoice_id international method amount_refunded refund_status captured description ' +
        'card_id bank wallet vpa email contact notes fee tax error_code error_description error_source error_step error_reason ' +
        'acquirer_data created_at base_amount amount_transferred',
    )
  })

  it('is compact JSON when that is asked for, and either by the seed', () => {
    const { simulator, pay } = listening({ bodyStyle: 'compact' })
    pay()
    expect(simulator.delivered.every(({ body }) => JSON.stringify(JSON.parse(body)) === body)).toBe(true)
    const mixed = listening({ bodyStyle: 'mixed' })
    for (let at = 0; at < 5; at++) mixed.pay()
    expect(new Set(mixed.simulator.delivered.map(({ body }) => body.includes('\\/'))).size).toBe(2)
  })

  it('is unsigned for an endpoint without a secret', () => {
    const { simulator, pay } = listening({}, { secret: null })
    pay()
    expect(simulator.delivered[0]?.headers).not.toHaveProperty('x-razorpay-signature')
  })

  it('goes to those who listen: to this event, of this account', () => {
    const { simulator, pay } = listening({}, { events: ['order.paid'] })
    simulator.control({ ...HOOK, accountId: OTHER_KEY.accountId })
    pay()
    expect(names(simulator)).toEqual(['order.paid'])
    expect(JSON.parse(simulator.delivered[0]?.body ?? '').contains).toEqual(['payment', 'order'])
  })

  it('is the snapshot of its moment, however late it comes', () => {
    const { simulator, webhook, pay } = listening()
    simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'hold', event: 'payment.authorized' } })
    pay()
    simulator.control({ type: 'delivery.release', webhookId: webhook.id })
    expect(names(simulator)).toEqual(['payment.captured', 'order.paid', 'payment.authorized'])
    expect(JSON.parse(simulator.delivered[2]?.body ?? '').payload.payment.entity.status).toBe('authorized')
  })
})

describe('a delivery that is not taken', () => {
  it('comes again, with the same id and bytes, as often as there are waits', () => {
    const { simulator, pay } = listening({ retryAfter: [1_000, 5_000] }, { events: ['order.paid'] })
    const at: number[] = []
    simulator.receive = () => {
      at.push(simulator.now - START)
      return at.length < 3 ? 500 : 204
    }
    pay()
    simulator.advance(HOUR)
    expect(at).toEqual([0, 1_000, 6_000])
    expect(new Set(simulator.delivered.map(({ headers }) => headers['x-razorpay-event-id'])).size).toBe(1)
    expect(new Set(simulator.delivered.map(({ body }) => body)).size).toBe(1)
    const [delivery] = simulator.state.deliveries.values()
    expect(delivery).toMatchObject({
      status: 'delivered',
      attempts: [{ status: 500 }, { status: 500 }, { status: 204 }],
    })
  })

  it.each([301, 400, 500, null])('is one that is answered %s', (status) => {
    const { simulator, pay } = listening()
    simulator.receive = () => status
    pay()
    expect([...simulator.state.deliveries.values()].every((delivery) => delivery.status === 'waiting')).toBe(true)
  })

  it('for 24 hours has its endpoint disabled, with an alert, and nothing is sent any more', () => {
    const { simulator, webhook, pay } = listening()
    simulator.receive = () => 500
    pay()
    simulator.advance(24 * HOUR - 1)
    expect(simulator.state.webhooks.get(webhook.id)?.active).toBe(true)
    const before = simulator.delivered.length
    expect(before).toBe(3 * 11)
    simulator.advance(1)
    expect(simulator.state.webhooks.get(webhook.id)).toMatchObject({ active: false, disabledAt: START + 24 * HOUR })
    expect(simulator.state.alerts).toHaveLength(1)
    expect([...simulator.state.deliveries.values()].every(({ status }) => status === 'abandoned')).toBe(true)
    pay()
    simulator.advance(48 * HOUR)
    expect(simulator.delivered).toHaveLength(before)
    simulator.control({ type: 'webhook.change', id: webhook.id, active: true })
    simulator.receive = () => 200
    pay()
    expect(simulator.delivered).toHaveLength(before + 3)
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('is still signed with the old secret after a rotation; what happens then, with the new one', () => {
    const { simulator, webhook, pay } = listening({}, { events: ['order.paid'] })
    simulator.receive = () => 500
    pay()
    simulator.control({ type: 'webhook.change', id: webhook.id, secret: 'second' })
    simulator.receive = () => 200
    simulator.advance(1_000)
    pay()
    const secrets = simulator.delivered.map(({ body, headers }) =>
      ['first', 'second'].find((secret) => sign(body, secret) === headers['x-razorpay-signature']),
    )
    expect(secrets).toEqual(['first', 'first', 'second'])
  })
})

describe('a fault', () => {
  const faulty = (fault: Fault) => {
    const { simulator, webhook, pay } = listening({}, { events: ['payment.captured', 'order.paid'] })
    simulator.control({ type: 'fault.add', fault })
    pay()
    return { simulator, webhook, pay }
  }

  it('drops', () => {
    const { simulator } = faulty({ on: 'webhook', kind: 'drop', event: 'order.paid' })
    simulator.advance(48 * HOUR)
    expect(names(simulator)).toEqual(['payment.captured'])
    expect([...simulator.state.deliveries.values()].map(({ status }) => status)).toEqual(['delivered', 'dropped'])
  })

  it('duplicates, under the same id', () => {
    const { simulator } = faulty({ on: 'webhook', kind: 'duplicate', copies: 2, event: 'order.paid' })
    expect(names(simulator)).toEqual(['payment.captured', 'order.paid', 'order.paid', 'order.paid'])
    expect(new Set(simulator.delivered.slice(1).map(({ headers }) => headers['x-razorpay-event-id'])).size).toBe(1)
  })

  it('delays', () => {
    const { simulator } = faulty({ on: 'webhook', kind: 'delay', ms: 5_000, event: 'payment.captured' })
    expect(names(simulator)).toEqual(['order.paid'])
    simulator.advance(5_000)
    expect(names(simulator)).toEqual(['order.paid', 'payment.captured'])
  })

  it('corrupts a signature, or signs with another secret', () => {
    for (const kind of ['corrupt_signature', 'wrong_secret'] as const) {
      const [delivery] = faulty({ on: 'webhook', kind }).simulator.delivered
      const signature = delivery?.headers['x-razorpay-signature']
      expect(signature).toMatch(/^[0-9a-f]{64}$/)
      expect(signature).not.toBe(sign(delivery?.body ?? '', 'first'))
    }
  })

  it('truncates a body after it was signed', () => {
    const [delivery] = faulty({ on: 'webhook', kind: 'truncate_body' }).simulator.delivered
    expect(() => JSON.parse(delivery?.body ?? '')).toThrow()
    expect(delivery?.headers['x-razorpay-signature']).not.toBe(sign(delivery?.body ?? '', 'first'))
  })

  it('strikes as often as it says, and is taken away', () => {
    const { simulator, pay } = faulty({ on: 'webhook', kind: 'drop', times: 3 })
    pay()
    expect(simulator.delivered).toHaveLength(1)
    expect([...simulator.state.faults.values()][0]?.left).toBe(0)
    const fault = simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'drop' } })
    simulator.control({ type: 'fault.remove', id: fault.id })
    pay()
    expect(simulator.delivered).toHaveLength(3)
    simulator.control({ type: 'fault.remove' })
    expect(simulator.state.faults.size).toBe(0)
    expect(() => simulator.control({ type: 'fault.remove', id: 'flt_x' })).toThrow('no fault')
  })

  it('strikes as likely as it says, the same for the same seed', () => {
    const run = () => {
      const { simulator, pay } = listening()
      simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'drop', probability: 0.5 } })
      for (let at = 0; at < 20; at++) pay()
      return simulator.delivered.map(({ body }) => body)
    }
    const first = run()
    expect(first.length).toBeGreaterThan(10)
    expect(first.length).toBeLessThan(50)
    expect(run()).toEqual(first)
  })
})

describe('the order of an endpoint', () => {
  it('is that of the events, the reverse, or shuffled by the seed', () => {
    const reverse = listening({}, { order: 'reverse' })
    reverse.pay()
    expect(names(reverse.simulator)).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])
    const shuffled = listening({}, { order: 'shuffle' })
    for (let at = 0; at < 6; at++) shuffled.pay()
    const rounds = Array.from({ length: 6 }, (_, at) =>
      names(shuffled.simulator)
        .slice(at * 3, at * 3 + 3)
        .join(),
    )
    expect(new Set(rounds).size).toBeGreaterThan(1)
  })

  it('is that in which held ones are let go', () => {
    const { simulator, webhook, pay } = listening()
    const fault = simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'hold' } })
    pay()
    simulator.control({ type: 'fault.remove', id: fault.id })
    simulator.control({ type: 'webhook.change', id: webhook.id, order: 'reverse' })
    expect(simulator.control({ type: 'delivery.release' })).toEqual({ released: 3 })
    expect(names(simulator)).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])
  })
})

describe('a replay', () => {
  it('is the same event again; under another id only on purpose', () => {
    const { simulator, pay } = listening({}, { events: ['order.paid'] })
    pay()
    const eventId = simulator.delivered[0]?.headers['x-razorpay-event-id'] ?? ''
    simulator.control({ type: 'delivery.replay', eventId })
    simulator.control({ type: 'delivery.replay', eventId, underNewId: true })
    const ids = simulator.delivered.map(({ headers }) => headers['x-razorpay-event-id'])
    expect(ids[1]).toBe(eventId)
    expect(ids[2]).not.toBe(eventId)
    expect(new Set(simulator.delivered.map(({ body }) => body)).size).toBe(1)
    expect(() => simulator.control({ type: 'delivery.replay', eventId: 'none' })).toThrow('no event')
  })
})

describe('a forged event', () => {
  it('is signed as it should be, and says what it was told to', () => {
    const { simulator, pay } = listening({}, { events: ['payment.captured'] })
    simulator.control({ ...HOOK, accountId: OTHER_KEY.accountId })
    pay()
    const body = JSON.parse(simulator.delivered[0]?.body ?? '')
    body.payload.payment.entity.amount += 1
    simulator.control({ type: 'event.forge', name: 'payment.captured', body })
    const forged = simulator.delivered[1]
    expect(simulator.delivered).toHaveLength(2)
    expect(JSON.parse(forged?.body ?? '').payload.payment.entity.amount).toBe(49_901)
    expect(forged?.headers['x-razorpay-signature']).toBe(sign(forged?.body ?? '', 'first'))
    expect(forged?.headers['x-razorpay-event-id']).not.toBe(simulator.delivered[0]?.headers['x-razorpay-event-id'])
  })
})

describe('an endpoint', () => {
  it.each(['https://example.com/hook', 'https://127.0.0.1/', 'http://127.0.0.1.evil.example/', 'nonsense'])(
    'at %s is refused: nothing leaves this machine',
    (url) => {
      const { simulator, webhook } = listening()
      expect(() => simulator.control({ type: 'webhook.add', url, secret: 's' })).toThrow('no address of this machine')
      expect(() => simulator.control({ type: 'webhook.change', id: webhook.id, url })).toThrow(
        'no address of this machine',
      )
    },
  )

  it('that is not there cannot be changed or removed', () => {
    const { simulator, webhook } = listening()
    expect(() => simulator.control({ type: 'webhook.change', id: 'hook_x', active: true })).toThrow('no webhook')
    simulator.control({ type: 'webhook.remove', id: webhook.id })
    expect(() => simulator.control({ type: 'webhook.remove', id: webhook.id })).toThrow('no webhook')
  })
})
