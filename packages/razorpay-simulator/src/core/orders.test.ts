import { describe, expect, it } from 'vitest'
import { CoreDriver, OTHER_KEY, START } from '../__fixtures__/core-driver.js'
import { brokenInvariants, createState } from '../core.js'

describe('orders', () => {
  it('are shown as the documentation shows them', () => {
    const simulator = new CoreDriver()
    const order = simulator.order({ receipt: 'intent-1' })
    expect(order).toEqual({
      id: expect.stringMatching(/^order_[A-Za-z0-9]{14}$/),
      entity: 'order',
      amount: 49_900,
      amount_paid: 0,
      amount_due: 49_900,
      currency: 'INR',
      receipt: 'intent-1',
      offer_id: null,
      status: 'created',
      attempts: 0,
      notes: [],
      created_at: START / 1000,
    })
    expect(simulator.ok('GET', `/orders/${order.id}`)).toEqual(order)
  })

  it.each([
    [{ currency: 'INR' }, 'The amount field is required.', 'amount'],
    [{ amount: 100.5, currency: 'INR' }, 'The amount must be an integer.', 'amount'],
    [{ amount: '100', currency: 'INR' }, 'The amount must be an integer.', 'amount'],
    [{ amount: 100 }, 'The currency field is required.', 'currency'],
    [{ amount: 100, currency: 1 }, 'expected string but provided 1', 'currency'],
    [{ amount: 100, currency: 'inr' }, 'Currency is not supported', 'currency'],
    [{ amount: 99, currency: 'INR' }, 'The amount must be at least INR 1.00', 'amount'],
    [{ amount: -100, currency: 'INR' }, 'The amount must be at least INR 1.00', 'amount'],
    [{ amount: 0, currency: 'JPY' }, 'The amount must be at least JPY 1', 'amount'],
    [{ amount: 999, currency: 'KWD' }, 'The amount must be at least KWD 1.000', 'amount'],
    [{ amount: 99_991, currency: 'KWD' }, 'The last digit of an amount in KWD must be 0.', 'amount'],
    [{ amount: 50_000_001, currency: 'INR' }, 'Amount exceeds maximum amount allowed', 'amount'],
    [{ amount: 100, currency: 'INR', price: 1 }, 'price is/are not required and should not be sent', 'price'],
    [
      { amount: 100, currency: 'INR', receipt: 'r'.repeat(41) },
      'The receipt may not be greater than 40 characters.',
      'receipt',
    ],
    [{ amount: 100, currency: 'INR', receipt: 7 }, 'The receipt must be a string.', 'receipt'],
    [
      { amount: 100, currency: 'INR', partial_payment: 'yes' },
      'The partial_payment field must be true or false.',
      'partial_payment',
    ],
    [
      { amount: 100, currency: 'INR', first_payment_min_amount: 50 },
      'first_payment_min_amount is/are not required and should not be sent',
      'first_payment_min_amount',
    ],
    [
      { amount: 100, currency: 'INR', partial_payment: true, first_payment_min_amount: 101 },
      'The first_payment_min_amount must be between 1 and the amount.',
      'first_payment_min_amount',
    ],
    [{ amount: 100, currency: 'INR', notes: 'a' }, 'The notes must be an array.', 'notes'],
    [{ amount: 100, currency: 'INR', notes: { a: { b: 1 } } }, 'Notes validation failed', 'notes'],
    [
      { amount: 100, currency: 'INR', notes: { a: 'x'.repeat(257) } },
      'The notes may not be greater than 256 characters.',
      'notes',
    ],
    [
      {
        amount: 100,
        currency: 'INR',
        notes: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`k${at}`, 'v'])),
      },
      'Number of fields in notes should be less than or equal to 15',
      'notes',
    ],
    [{ amount: 100, currency: 'INR', payment: { capture: 'later' } }, 'The selected capture is invalid.', 'capture'],
    [{ amount: 100, currency: 'INR', payment: 1 }, 'The payment must be an array.', 'payment'],
    [
      {
        amount: 100,
        currency: 'INR',
        payment: { capture: 'automatic', capture_options: { automatic_expiry_period: 11 } },
      },
      'The automatic_expiry_period must be at least 12.',
      'automatic_expiry_period',
    ],
    [
      { amount: 100, currency: 'INR', payment: { capture: 'manual', capture_options: { manual_expiry_period: 7201 } } },
      'The manual_expiry_period may not be greater than 7200.',
      'manual_expiry_period',
    ],
    [
      {
        amount: 100,
        currency: 'INR',
        payment: { capture: 'automatic', capture_options: { automatic_expiry_period: 20, manual_expiry_period: 15 } },
      },
      'The manual_expiry_period must be at least the automatic_expiry_period.',
      'manual_expiry_period',
    ],
  ])('%j is refused: %s', (body, description, field) => {
    const simulator = new CoreDriver()
    expect(simulator.refusal('POST', '/orders', body)).toEqual({
      status: 400,
      code: 'BAD_REQUEST_ERROR',
      description,
      source: 'business',
      step: 'payment_initiation',
      reason: 'input_validation_failed',
      metadata: {},
      field,
    })
    expect(simulator.state.orders.size).toBe(0)
  })

  it('with a receipt that was used: allowed, unless the account or the order wants it unique', () => {
    const simulator = new CoreDriver()
    const first = simulator.order({ receipt: 'r1', unique_receipt: true })
    expect(simulator.order({ receipt: 'r1' }).id).not.toBe(first.id)
    expect(simulator.ok('GET', '/orders?receipt=r1').count).toBe(2)
    const second = simulator.order({ receipt: 'r2', unique_receipt: true })
    expect(simulator.order({ receipt: 'r2', unique_receipt: true })).toEqual(second)
    const other = { amount: 100, currency: 'INR', receipt: 'r2', unique_receipt: true }
    expect(simulator.refusal('POST', '/orders', other)).toMatchObject({
      description: 'Order receipt should be unique.',
      metadata: { order_id: second.id },
    })
    simulator.control({ type: 'settings.change', settings: { uniqueReceipts: true } })
    expect(simulator.refusal('POST', '/orders', { amount: 49_900, currency: 'INR', receipt: 'r2' }).description).toBe(
      'Order receipt should be unique.',
    )
  })

  it('are listed newest first, by pages and times, with what is expanded', () => {
    const simulator = new CoreDriver()
    const ids = Array.from({ length: 12 }, () => {
      simulator.advance(1_000)
      return simulator.order().id
    }).reverse()
    expect(simulator.ok('GET', '/orders').items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 10))
    expect(simulator.ok('GET', '/orders?count=3&skip=10').items.map(({ id }: { id: string }) => id)).toEqual(
      ids.slice(10),
    )
    const from = START / 1000 + 12
    expect(simulator.ok('GET', `/orders?from=${from}&to=${from}`).items).toHaveLength(1)
    simulator.pay({ orderId: ids[0] })
    const expanded = simulator.ok('GET', `/orders/${ids[0]}?expand[]=payments.card`)
    expect(expanded.payments.items[0].card).toMatchObject({ last4: '1007', network: 'Visa' })
    expect(simulator.ok('GET', `/orders/${ids[0]}?expand[expand]=payments`).payments).toBeUndefined()
    expect(simulator.ok('GET', '/orders?authorized=1').count).toBe(1)
  })

  it.each([
    ['count=101', 'The count may not be greater than 100.'],
    ['count=0', 'The count must be at least 1.'],
    ['count=ten', 'The count must be an integer.'],
    ['skip=-1', 'The skip must be at least 0.'],
  ])('a list with %s is refused: %s', (query, description) => {
    expect(new CoreDriver().refusal('GET', `/orders?${query}`).description).toBe(description)
  })

  it('let their notes be changed, and nothing else', () => {
    const simulator = new CoreDriver()
    const order = simulator.order()
    expect(simulator.ok('PATCH', `/orders/${order.id}`, { notes: { a: 'b', n: 1 } }).notes).toEqual({ a: 'b', n: '1' })
    expect(simulator.refusal('PATCH', `/orders/${order.id}`, { amount: 1, notes: {} }).description).toBe(
      'amount is/are not required and should not be sent',
    )
    expect(simulator.refusal('PATCH', `/orders/${order.id}`, {}).description).toBe('The notes field is required.')
  })

  it('become attempted, then paid, and stay paid when the money goes back', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order()
    simulator.pay({ orderId: id, outcome: { kind: 'failure', reason: 'card_declined' } })
    expect(simulator.ok('GET', `/orders/${id}`)).toMatchObject({ status: 'attempted', attempts: 1, amount_due: 49_900 })
    const { paymentId } = simulator.pay({ orderId: id })
    expect(simulator.ok('GET', `/orders/${id}`)).toMatchObject({ status: 'paid', attempts: 2, amount_due: 0 })
    simulator.ok('POST', `/payments/${paymentId}/refund`, {})
    expect(simulator.ok('GET', `/orders/${id}`)).toMatchObject({ status: 'paid', amount_paid: 49_900 })
    const again = simulator.attempt({ orderId: id })
    expect(again).toMatchObject({
      ok: false,
      error: { description: expect.stringContaining('the order is already paid') },
    })
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('take parts when they may, not less than the first minimum and not more than is due', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order({ amount: 1_000, partial_payment: true, first_payment_min_amount: 300 })
    expect(simulator.attempt({ orderId: id, amount: 299 })).toMatchObject({ ok: false })
    simulator.pay({ orderId: id, amount: 300 })
    expect(simulator.ok('GET', `/orders/${id}`)).toMatchObject({
      status: 'attempted',
      amount_paid: 300,
      amount_due: 700,
    })
    expect(simulator.attempt({ orderId: id, amount: 701 })).toMatchObject({
      error: { description: 'Payment amount is greater than the amount due for order.' },
    })
    simulator.pay({ orderId: id, amount: 700 })
    expect(simulator.ok('GET', `/orders/${id}`).status).toBe('paid')
    const whole = simulator.order({ amount: 1_000 })
    expect(simulator.attempt({ orderId: whole.id, amount: 999 })).toMatchObject({ ok: false })
    expect(simulator.attempt({ orderId: whole.id, currency: 'USD' })).toMatchObject({ ok: false })
    expect(brokenInvariants(simulator.state)).toEqual([])
  })
})

describe('what is not there', () => {
  it.each([
    ['GET', '/orders/order_0000000000000', 'order_0000000000000 is not a valid id'],
    ['GET', '/orders/ORDER_00000000000000', 'ORDER_00000000000000 is not a valid id'],
    ['GET', '/orders/order_00000000000000', 'The id provided does not exist'],
    ['GET', '/payments/pay_00000000000000', 'The id provided does not exist'],
    ['GET', '/refunds/rfnd_00000000000000', 'The id provided does not exist'],
    ['GET', '/payment_links/plink_00000000000000', 'The id provided does not exist'],
    ['GET', '/nothing', 'The requested URL was not found on the server.'],
    ['DELETE', '/orders', 'The requested URL was not found on the server.'],
    ['GET', '/orders//payments', 'The requested URL was not found on the server.'],
  ])('%s %s is refused: %s', (method, path, description) => {
    expect(new CoreDriver().refusal(method, path)).toMatchObject({ status: 400, description })
  })

  it('is what belongs to another account', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order()
    expect(simulator.refusal('GET', `/orders/${id}`, undefined, { key: OTHER_KEY }).description).toBe(
      'The id provided does not exist',
    )
    expect(simulator.ok('GET', '/orders', undefined, { key: OTHER_KEY })).toEqual({
      entity: 'collection',
      count: 0,
      items: [],
    })
    expect(simulator.attempt({ orderId: id, accountId: OTHER_KEY.accountId })).toMatchObject({ ok: false })
  })
})

describe('who calls', () => {
  const encoded = Buffer.from('rzp_test_simKEY:sim-secret').toString('base64')
  it.each([
    undefined,
    '',
    `basic ${encoded}`,
    `BASIC ${encoded}`,
    `Basic "${encoded}"`,
    `Bearer ${encoded}`,
    'Basic AAAA',
  ])('is refused with the header %s', (authorization) => {
    const simulator = new CoreDriver()
    expect(
      simulator.refusal('GET', '/orders', undefined, { headers: { authorization: authorization as string } }),
    ).toEqual({
      status: 401,
      code: 'BAD_REQUEST_ERROR',
      description: 'Authentication failed',
      source: 'NA',
      step: 'NA',
      reason: 'NA',
      metadata: {},
    })
  })

  it('is refused with a wrong secret, and with a body that is no object', () => {
    const simulator = new CoreDriver()
    expect(simulator.refusal('GET', '/orders', undefined, { key: { id: 'rzp_test_simKEY', secret: 'x' } }).status).toBe(
      401,
    )
    expect(simulator.refusal('POST', '/orders', [1]).description).toBe('The request body is not a JSON object.')
  })

  it('never has a key of a real account', () => {
    const make = (id: string, secret: string) => () => createState({ seed: 's', keys: [{ id, secret }] })
    expect(make('rzp_live_abc', 's')).toThrow('rzp_test_sim')
    expect(make('rzp_test_abc', 's')).toThrow('rzp_test_sim')
    expect(make('rzp_test_simA', '')).toThrow('no secret')
  })
})
