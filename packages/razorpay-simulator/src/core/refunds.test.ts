import { describe, expect, it } from 'vitest'
import { CoreDriver, OTHER_KEY } from '../__fixtures__/core-driver.js'
import { brokenInvariants } from '../core.js'

const DAY = 24 * 60 * 60_000

function paid(settings = {}) {
  const simulator = new CoreDriver(settings)
  const { paymentId } = simulator.pay({ orderId: simulator.order({ amount: 1_000 }).id })
  return { simulator, paymentId, refund: `/payments/${paymentId}/refund` }
}

describe('a refund', () => {
  it('of all is the default; it is pending, then processed', () => {
    const { simulator, paymentId, refund } = paid()
    const made = simulator.ok('POST', refund, { notes: { why: 'returned' }, receipt: 'r1' })
    expect(made).toEqual({
      id: expect.stringMatching(/^rfnd_[A-Za-z0-9]{14}$/),
      entity: 'refund',
      amount: 1_000,
      currency: 'INR',
      payment_id: paymentId,
      notes: { why: 'returned' },
      receipt: 'r1',
      acquirer_data: { arn: null },
      created_at: expect.any(Number),
      batch_id: null,
      status: 'pending',
      speed_processed: 'normal',
      speed_requested: 'normal',
    })
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({
      status: 'refunded',
      captured: true,
      refund_status: 'full',
      amount_refunded: 1_000,
    })
    simulator.advance(2_000)
    expect(simulator.ok('GET', `/refunds/${made.id}`).status).toBe('processed')
    expect(simulator.lastEvent('refund.processed').payload.payment.entity.amount_refunded).toBe(1_000)
  })

  it('of a part leaves the payment captured', () => {
    const { simulator, paymentId, refund } = paid()
    simulator.ok('POST', refund, { amount: 400 })
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({
      status: 'captured',
      refund_status: 'partial',
    })
    simulator.ok('POST', refund, { amount: 600 })
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({ status: 'refunded', refund_status: 'full' })
  })

  it.each([
    [{ amount: 1_001 }, 'The refund amount provided is greater than amount captured.'],
    [{ amount: '5' }, 'The amount must be an integer.'],
    [{ amount: 99 }, 'The amount must be at least INR 1.00'],
    [{ speed: 'fast' }, 'The selected speed is invalid.'],
    [{ reason: 'x' }, 'reason is/are not required and should not be sent'],
    [{ receipt: 'r'.repeat(41) }, 'The receipt may not be greater than 40 characters.'],
  ])('with %j is refused: %s', (body, description) => {
    const { simulator, refund } = paid()
    expect(simulator.refusal('POST', refund, body)).toMatchObject({ status: 400, description })
    expect(simulator.state.refunds.size).toBe(0)
  })

  it('of what was not captured, is refunded, or is too old, is refused', () => {
    const { simulator, refund } = paid()
    const { paymentId } = simulator.pay({ orderId: simulator.order({ payment: { capture: 'manual' } }).id })
    expect(simulator.refusal('POST', `/payments/${paymentId}/refund`).description).toBe(
      'The payment status should be captured for action to be taken',
    )
    const old = simulator.pay({ orderId: simulator.order().id })
    simulator.ok('POST', refund)
    expect(simulator.refusal('POST', refund).description).toBe('The payment has been fully refunded already.')
    simulator.advance(184 * DAY)
    expect(simulator.refusal('POST', `/payments/${old.paymentId}/refund`).description).toBe(
      'Refund is not supported by the bank because the payment is more than 6 months old',
    )
  })

  it('by a receipt that was used is refused', () => {
    const { simulator, refund } = paid()
    simulator.ok('POST', refund, { amount: 100, receipt: 'r' })
    expect(simulator.refusal('POST', refund, { amount: 100, receipt: 'r' }).description).toBe(
      'Duplicate receipt found for this refund request.',
    )
  })

  it('of another payment, or another account, does not exist', () => {
    const { simulator, paymentId, refund } = paid()
    const { id } = simulator.ok('POST', refund)
    const other = simulator.pay({ orderId: simulator.order().id })
    expect(simulator.ok('GET', `/payments/${paymentId}/refunds/${id}`).id).toBe(id)
    expect(simulator.refusal('GET', `/payments/${other.paymentId}/refunds/${id}`).description).toBe(
      'The id provided does not exist',
    )
    expect(simulator.refusal('POST', refund, {}, { key: OTHER_KEY }).description).toBe('The id provided does not exist')
    expect(simulator.refusal('PATCH', `/refunds/${id}`, { amount: 1 }).description).toBe('The notes field is required.')
  })
})

describe('a refund with a key', () => {
  const headers = { 'x-refund-idempotency': 'refund-0001' }

  it('and the same body again is the same refund', () => {
    const { simulator, paymentId, refund } = paid()
    const first = simulator.ok('POST', refund, { amount: 400 }, { headers })
    expect(simulator.ok('POST', refund, { amount: 400 }, { headers })).toEqual(first)
    expect(simulator.ok('GET', `/payments/${paymentId}`).amount_refunded).toBe(400)
    simulator.advance(2_000)
    expect(simulator.ok('POST', refund, { amount: 400 }, { headers }).status).toBe('processed')
  })

  it('and another body, or another payment, is refused', () => {
    const { simulator, refund } = paid()
    simulator.ok('POST', refund, { amount: 400 }, { headers })
    const words = {
      status: 400,
      description: 'Different request with the same idempotency key has already been processed.',
      source: 'NA',
      step: 'NA',
      reason: 'NA',
    }
    expect(simulator.refusal('POST', refund, { amount: 401 }, { headers })).toMatchObject(words)
    const other = simulator.pay({ orderId: simulator.order().id })
    expect(
      simulator.refusal('POST', `/payments/${other.paymentId}/refund`, { amount: 400 }, { headers }),
    ).toMatchObject(words)
  })

  it('that was refused may be tried again with the same key', () => {
    const { simulator, refund } = paid()
    simulator.refusal('POST', refund, { amount: 5_000 }, { headers })
    simulator.ok('POST', refund, { amount: 400 }, { headers })
  })

  it.each(['short', 'with space!', 'ümlaut-key-1'])('is refused when the key is %s', (key) => {
    const { simulator, refund } = paid()
    expect(simulator.refusal('POST', refund, {}, { headers: { 'x-refund-idempotency': key } }).status).toBe(400)
    expect(simulator.state.refunds.size).toBe(0)
  })
})

describe('how a refund ends', () => {
  it('is by the faults: it fails, and the money is the merchant’s again', () => {
    const { simulator, paymentId, refund } = paid()
    simulator.control({ type: 'fault.add', fault: { on: 'refund', kind: 'fail', times: 1 } })
    const { id } = simulator.ok('POST', refund)
    simulator.advance(2_000)
    expect(simulator.ok('GET', `/refunds/${id}`).status).toBe('failed')
    expect(simulator.ok('GET', `/payments/${paymentId}`)).toMatchObject({
      status: 'captured',
      amount_refunded: 0,
      refund_status: null,
    })
    expect(simulator.events().at(-1)).toBe('refund.failed')
    simulator.ok('POST', refund)
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('an instant one may become a normal one', () => {
    const { simulator, refund } = paid()
    simulator.control({ type: 'fault.add', fault: { on: 'refund', kind: 'fall_back_to_normal' } })
    const { id, speed_processed } = simulator.ok('POST', refund, { speed: 'optimum' })
    expect(speed_processed).toBe('instant')
    simulator.advance(2_000)
    expect(simulator.ok('GET', `/refunds/${id}`)).toMatchObject({
      speed_processed: 'normal',
      speed_requested: 'optimum',
    })
    expect(simulator.events().slice(-2)).toEqual(['refund.speed_changed', 'refund.processed'])
  })

  it('one that stays pending is ended by hand', () => {
    const { simulator, refund } = paid()
    simulator.control({ type: 'fault.add', fault: { on: 'refund', kind: 'stay_pending' } })
    const { id } = simulator.ok('POST', refund, { amount: 400 })
    simulator.advance(DAY)
    expect(simulator.ok('GET', `/refunds/${id}`).status).toBe('pending')
    simulator.control({ type: 'refund.move', refundId: id, to: 'failed' })
    expect(simulator.ok('GET', `/refunds/${id}`).status).toBe('failed')
    expect(() => simulator.control({ type: 'refund.move', refundId: id, to: 'processed' })).toThrow('no pending refund')
  })

  it('what was never captured does not come back to the merchant', () => {
    const simulator = new CoreDriver()
    simulator.control({ type: 'fault.add', fault: { on: 'refund', kind: 'fail' } })
    const { paymentId } = simulator.pay({ amount: 500 })
    simulator.advance(3 * DAY)
    const refund = [...simulator.state.refunds.values()][0]
    expect(() => simulator.control({ type: 'refund.move', refundId: refund?.id ?? '', to: 'failed' })).toThrow(
      'never captured',
    )
    simulator.advance(2_000)
    expect(simulator.ok('GET', `/payments/${paymentId}/refunds`).items[0].status).toBe('processed')
  })
})
