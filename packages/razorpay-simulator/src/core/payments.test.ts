import { describe, expect, it } from 'vitest'
import { CoreDriver, START } from '../__fixtures__/core-driver.js'
import { brokenInvariants } from '../core.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const manual = { payment: { capture: 'manual' } }

describe('a payment', () => {
  it('that goes well is captured by itself, and says so by three events', () => {
    const simulator = new CoreDriver()
    const order = simulator.order()
    const result = simulator.pay({ orderId: order.id, email: 'a@example.com', contact: '+919900000000' })
    expect(result).toMatchObject({
      status: 'captured',
      signature: expect.stringMatching(/^[0-9a-f]{64}$/),
      error: null,
    })
    expect(simulator.ok('GET', `/payments/${result.paymentId}`)).toEqual({
      id: result.paymentId,
      entity: 'payment',
      amount: 49_900,
      currency: 'INR',
      status: 'captured',
      order_id: order.id,
      invoice_id: null,
      international: false,
      method: 'card',
      amount_refunded: 0,
      refund_status: null,
      captured: true,
      description: expect.any(String),
      card_id: expect.stringMatching(/^card_[A-Za-z0-9]{14}$/),
      bank: null,
      wallet: null,
      vpa: null,
      email: 'a@example.com',
      contact: '+919900000000',
      notes: [],
      fee: 1_178,
      tax: 180,
      error_code: null,
      error_description: null,
      error_source: null,
      error_step: null,
      error_reason: null,
      acquirer_data: { auth_code: expect.any(String) },
      created_at: START / 1000,
    })
    expect(simulator.events()).toEqual(['payment.authorized', 'payment.captured', 'order.paid'])
    expect(simulator.lastEvent('payment.authorized').payload.payment.entity).toMatchObject({
      status: 'authorized',
      captured: true,
      error_code: '',
    })
  })

  it.each([
    ['4100 2800 0000 1007', null],
    ['5500 6700 0000 1002', null],
    ['6527 6589 0000 1005', null],
    ['4100 2800 0008 0001', 'insufficient_fund'],
    ['4100 2800 0009 0000', 'payment_timed_out'],
    ['4100 2800 0007 0002', 'payment_cancelled'],
    ['4100 2800 0006 0003', 'card_declined'],
    ['4100 2800 0002 0007', 'gateway_technical_error'],
    ['4100 2800 0000 0009', 'authentication_failed'],
    ['4242 4242 4242 4242', 'card_declined'],
  ])('by the card %s ends with %s', (number, reason) => {
    const simulator = new CoreDriver()
    const { id } = simulator.order()
    const instrument = { method: 'card' as const, number: number.replaceAll(' ', ''), name: 'A' }
    const result = simulator.pay({ orderId: id, instrument })
    expect(result.error?.reason ?? null).toBe(reason)
    expect(simulator.ok('GET', `/payments/${result.paymentId}`)).toMatchObject({
      status: reason ? 'failed' : 'captured',
      error_reason: reason,
    })
    if (reason) expect(simulator.lastEvent('payment.failed').payload.payment.entity.error_reason).toBe(reason)
  })

  it.each([
    [{ method: 'upi', vpa: 'success@razorpay' }, 'captured', { vpa: 'success@razorpay', upi: { flow: 'intent' } }],
    [{ method: 'upi', vpa: 'failure@razorpay' }, 'failed', { vpa: 'failure@razorpay' }],
    [{ method: 'netbanking', bank: 'HDFC' }, 'captured', { bank: 'HDFC' }],
    [{ method: 'wallet', wallet: 'payzapp' }, 'captured', { wallet: 'payzapp' }],
  ] as const)('by %j is %s', (instrument, status, shown) => {
    const simulator = new CoreDriver()
    const { paymentId } = simulator.pay({ orderId: simulator.order().id, instrument })
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({ status, card_id: null, ...shown })
  })

  it('of which the bank says nothing has failed after ten minutes, and may still be authorised within three days', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order()
    const { paymentId, status, signature } = simulator.pay({ orderId: id, outcome: { kind: 'silent' } })
    expect([status, signature]).toEqual(['created', null])
    simulator.advance(10 * MINUTE - 1)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('created')
    simulator.advance(1)
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({
      status: 'failed',
      error_reason: 'payment_timed_out',
    })
    simulator.advance(2 * DAY)
    simulator.control({ type: 'payment.move', paymentId, to: 'authorized' })
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({ status: 'captured', error_code: null })
    expect(simulator.events()).toEqual(['payment.failed', 'payment.authorized', 'payment.captured', 'order.paid'])
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('is not authorised later than that, nor when it went through already', () => {
    const simulator = new CoreDriver()
    const late = simulator.pay({ orderId: simulator.order().id, outcome: { kind: 'failure', reason: 'card_declined' } })
    simulator.advance(3 * DAY + 1)
    expect(() => simulator.control({ type: 'payment.move', paymentId: late.paymentId, to: 'authorized' })).toThrow(
      'too late',
    )
    const paid = simulator.pay({ orderId: simulator.order().id })
    for (const to of ['authorized', 'captured', 'failed'] as const)
      expect(() => simulator.control({ type: 'payment.move', paymentId: paid.paymentId, to })).toThrow('captured')
    expect(() => simulator.control({ type: 'payment.move', paymentId: 'pay_x', to: 'failed' })).toThrow('no payment')
  })

  it('authorised late by its own outcome goes through', () => {
    const simulator = new CoreDriver()
    const outcome = { kind: 'silent', authorizedAfter: 15 * MINUTE } as const
    const { paymentId } = simulator.pay({ orderId: simulator.order().id, outcome })
    simulator.advance(20 * MINUTE)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('captured')
    expect(simulator.events()[0]).toBe('payment.failed')
  })

  it('that comes late to a paid order goes back by itself', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order()
    const first = simulator.pay({ orderId: id, outcome: { kind: 'silent' } })
    const second = simulator.pay({ orderId: id })
    simulator.control({ type: 'payment.move', paymentId: first.paymentId, to: 'authorized' })
    expect(simulator.ok('GET', `/payments/${first.paymentId}`)).toMatchObject({
      status: 'refunded',
      captured: false,
      refund_status: 'full',
      fee: null,
    })
    expect(simulator.ok('GET', `/payments/${second.paymentId}`).status).toBe('captured')
    simulator.advance(MINUTE)
    expect(simulator.events().slice(-2)).toEqual(['refund.created', 'refund.processed'])
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('that comes while another waits for its capture goes back by itself', () => {
    const simulator = new CoreDriver()
    const { id } = simulator.order(manual)
    const [first, second] = [1, 2].map(() => simulator.pay({ orderId: id, outcome: { kind: 'silent' } }).paymentId)
    for (const paymentId of [first, second])
      simulator.control({ type: 'payment.move', paymentId: paymentId ?? '', to: 'authorized' })
    expect(simulator.ok('GET', `/payments/${first}`).status).toBe('authorized')
    expect(simulator.ok('GET', `/payments/${second}`).status).toBe('refunded')
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('without an order cannot be captured, and goes back', () => {
    const simulator = new CoreDriver()
    expect(simulator.attempt({})).toMatchObject({ ok: false, error: { description: 'The amount field is required.' } })
    const { paymentId, signature } = simulator.pay({ amount: 500 })
    expect(signature).toBeNull()
    expect(simulator.refusal('POST', `/payments/${paymentId}/capture`, { amount: 500, currency: 'INR' }).field).toBe(
      'order_id',
    )
    expect(() => simulator.control({ type: 'payment.move', paymentId, to: 'captured' })).toThrow('without an order')
    simulator.advance(3 * DAY)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('refunded')
  })

  it('has everything at its own time, though the clock jumped past it', () => {
    const simulator = new CoreDriver()
    const { paymentId } = simulator.pay({ amount: 500 })
    const silent = simulator.pay({ orderId: simulator.order().id, outcome: { kind: 'silent' } })
    simulator.now += 30 * DAY
    simulator.step({ type: 'tick' })
    expect(simulator.ok('GET', `/payments/${silent.paymentId}`).status).toBe('failed')
    expect(simulator.lastEvent('payment.failed').created_at).toBe((START + 10 * MINUTE) / 1000)
    expect(simulator.ok('GET', `/payments/${paymentId}/refunds`).items).toMatchObject([
      { status: 'processed', created_at: (START + 3 * DAY) / 1000 },
    ])
  })

  it('of an order of nobody is refused', () => {
    expect(new CoreDriver().attempt({ orderId: 'order_00000000000000' })).toMatchObject({
      ok: false,
      error: { description: 'The id provided does not exist' },
    })
  })
})

describe('a capture by hand', () => {
  const authorized = (more: object = {}) => {
    const simulator = new CoreDriver()
    const order = simulator.order({ ...manual, ...more })
    const { paymentId } = simulator.pay({ orderId: order.id })
    const capture = `/payments/${paymentId}/capture`
    return { simulator, order, paymentId, capture }
  }

  it('takes what was authorised, once', () => {
    const { simulator, order, paymentId, capture } = authorized()
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({ status: 'authorized', fee: null, tax: null })
    expect(simulator.lastEvent('payment.authorized').payload.payment.entity.captured).toBe(false)
    expect(simulator.attempt({ orderId: order.id })).toMatchObject({ ok: false })
    expect(simulator.ok('POST', capture, { amount: 49_900, currency: 'INR' })).toMatchObject({ status: 'captured' })
    expect(simulator.refusal('POST', capture, { amount: 49_900, currency: 'INR' })).toMatchObject({
      status: 400,
      description: 'This payment has already been captured',
    })
    expect(simulator.events().filter((name) => name === 'payment.captured')).toHaveLength(1)
  })

  it.each([
    [{}, 'The amount field is required.'],
    [{ amount: 1.5, currency: 'INR' }, 'The amount must be an integer.'],
    [{ amount: 49_800, currency: 'INR' }, 'Capture amount must be equal to the amount authorized'],
    [{ amount: 49_900, currency: 'USD' }, 'Capture request currency must be same as payment currency'],
    [{ amount: 49_900, currency: 'INR', note: 1 }, 'note is/are not required and should not be sent'],
  ])('of %j is refused: %s', (body, description) => {
    const { simulator, capture, paymentId } = authorized()
    expect(simulator.refusal('POST', capture, body).description).toBe(description)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('authorized')
  })

  it('of a payment that failed, or on an order that another one paid, is refused', () => {
    const simulator = new CoreDriver()
    const order = simulator.order(manual)
    const failed = simulator.pay({ orderId: order.id, outcome: { kind: 'failure', reason: 'card_declined' } })
    const body = { amount: 49_900, currency: 'INR' }
    expect(simulator.refusal('POST', `/payments/${failed.paymentId}/capture`, body).description).toBe(
      'Only payments which have been authorized and not yet captured can be captured',
    )
    const good = simulator.pay({ orderId: order.id })
    simulator.ok('POST', `/payments/${good.paymentId}/capture`, body)
    expect(simulator.refusal('POST', `/payments/${failed.paymentId}/capture`, body).description).toBe(
      'Your payment has been declined as the order is already paid. Please initiate the payment with a new order.',
    )
  })

  it('that never comes sends the money back after three days', () => {
    const { simulator, order, paymentId } = authorized()
    simulator.advance(3 * DAY)
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({ status: 'refunded', captured: false })
    expect(simulator.ok('GET', `/orders/${order.id}`)).toMatchObject({ status: 'attempted', amount_paid: 0 })
    expect(
      simulator.refusal('POST', `/payments/${paymentId}/capture`, { amount: 49_900, currency: 'INR' }).status,
    ).toBe(400)
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('is for payments that come later than the order captures by itself', () => {
    const simulator = new CoreDriver()
    const options = { automatic_expiry_period: 12, manual_expiry_period: 60 }
    const order = simulator.order({ payment: { capture: 'automatic', capture_options: options } })
    const { paymentId } = simulator.pay({
      orderId: order.id,
      outcome: { kind: 'silent', authorizedAfter: 20 * MINUTE },
    })
    simulator.advance(20 * MINUTE)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('authorized')
    simulator.advance(40 * MINUTE)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('refunded')
  })

  it('is wanted by the old `payment_capture: 0`, and by an account that says so', () => {
    const simulator = new CoreDriver({ autoCapture: false })
    const status = (body: object) =>
      simulator.pay({ orderId: simulator.order(body as Record<string, unknown>).id }).status
    expect([status({}), status({ payment_capture: 1 })]).toEqual(['authorized', 'captured'])
    simulator.control({ type: 'settings.change', settings: { autoCapture: true } })
    expect([status({}), status({ payment_capture: 0 })]).toEqual(['captured', 'authorized'])
  })
})

describe('a payment that a server makes', () => {
  it.each([
    ['/payments/create/json', { amount: 100, currency: 'INR', method: 'cash' }, 'The selected method is invalid.'],
    ['/payments/create/json', { amount: 100, currency: 'INR', method: 'card' }, 'The card.number field is required.'],
    ['/payments/create/json', { currency: 'INR', method: 'wallet' }, 'The amount field is required.'],
    ['/payments/create/upi', { amount: 100, currency: 'INR' }, 'The vpa field is required.'],
    ['/payments/validate/vpa', {}, 'The vpa field is required.'],
  ])('by %s with %j is refused: %s', (path, body, description) => {
    expect(new CoreDriver().refusal('POST', path, body).description).toBe(description)
  })

  it('fails by its card only once the password is right', () => {
    const simulator = new CoreDriver()
    const body = {
      amount: 49_900,
      currency: 'INR',
      order_id: simulator.order().id,
      method: 'card',
      card: { number: '4100280000060003' },
    }
    const { razorpay_payment_id: id } = simulator.ok('POST', '/payments/create/json', body)
    expect(simulator.refusal('POST', `/payments/${id}/otp/submit`, { otp: '1' })).toMatchObject({ action: 'RETRY' })
    expect(simulator.ok('GET', `/payments/${id}`).status).toBe('created')
    expect(simulator.refusal('POST', `/payments/${id}/otp/submit`, { otp: '1234' }).reason).toBe('card_declined')
    expect(simulator.ok('GET', `/payments/${id}`).status).toBe('failed')
    expect(simulator.refusal('POST', `/payments/${id}/otp_generate`).description).toContain('not waiting')
  })
})
