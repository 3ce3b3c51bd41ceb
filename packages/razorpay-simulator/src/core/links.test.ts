import { describe, expect, it } from 'vitest'
import { CoreDriver, START } from '../__fixtures__/core-driver.js'
import { brokenInvariants } from '../core.js'
import { linkRedirect } from './link-redirect.js'

const MINUTE = 60_000
const newLink = (simulator: CoreDriver, body: object = {}) =>
  simulator.ok('POST', '/payment_links', { amount: 1_000, ...body })

describe('a payment link', () => {
  it('is shown as the documentation shows it, with a slash at the end of the path or without', () => {
    const simulator = new CoreDriver({ publicUrl: 'http://127.0.0.1:4800' })
    const link = simulator.ok('POST', '/payment_links/', { amount: 1_000, currency: 'INR' })
    expect(link).toEqual({
      accept_partial: false,
      amount: 1_000,
      amount_paid: 0,
      callback_method: '',
      callback_url: '',
      cancelled_at: 0,
      created_at: START / 1000,
      currency: 'INR',
      customer: {},
      description: '',
      expire_by: expect.any(Number),
      expired_at: 0,
      first_min_partial_amount: 0,
      id: expect.stringMatching(/^plink_[A-Za-z0-9]{14}$/),
      notes: null,
      notify: { email: false, sms: false, whatsapp: false },
      payments: null,
      reference_id: '',
      reminder_enable: false,
      reminders: [],
      short_url: `http://127.0.0.1:4800/l/${link.id}`,
      status: 'created',
      updated_at: START / 1000,
      upi_link: false,
      user_id: '',
      whatsapp_link: false,
    })
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toEqual(link)
  })

  const soon = START / 1000 + 14 * 60
  it.each([
    [{}, 'The amount field is required.'],
    [{ amount: 1 }, 'The amount must be at least INR 1.00'],
    [{ amount: 100, upi_link: true }, 'UPI Payment Links is not supported in Test Mode'],
    [{ amount: 100, expire_by: soon }, 'expire_by: timestamp must be atleast 15 minutes in future'],
    [{ amount: 100, expire_by: soon + 200 * 24 * 3600 }, 'expire_by: timestamp must be at most 6 months in future'],
    [{ amount: 100, notes: { a: 'x'.repeat(256) } }, 'value: the length must not be greater than 255.'],
    [{ amount: 100, description: 'x'.repeat(2049) }, 'description: the length must be no more than 2048.'],
    [{ amount: 100, reference_id: 'x'.repeat(41) }, 'reference_id: the length must be no more than 40.'],
    [{ amount: 100, callback_url: 'nowhere', callback_method: 'get' }, 'callback_url: must be a valid URL.'],
    [
      { amount: 100, callback_url: 'javascript:alert(1)', callback_method: 'get' },
      'callback_url: must be a valid URL.',
    ],
    [{ amount: 100, callback_url: 'https://a.example', callback_method: 'post' }, 'callback_method: must be get.'],
    [{ amount: 100, callback_method: 'get' }, 'callback_url: is required.'],
    [{ amount: 100, customer: 'A' }, 'customer: must be an object.'],
    [{ amount: 100, customer: { phone: '1' } }, 'phone is/are not required and should not be sent'],
    [{ amount: 100, notify: { fax: true } }, 'fax is/are not required and should not be sent'],
    [
      { amount: 100, first_min_partial_amount: 50 },
      'first_min_partial_amount is/are not required and should not be sent',
    ],
    [
      { amount: 100, accept_partial: true, first_min_partial_amount: 101 },
      'first_min_partial_amount: must be no more than the amount of the link.',
    ],
    [{ amount: 100, receipt: 'r' }, 'receipt is/are not required and should not be sent'],
  ])('with %j is refused: %s', (body, description) => {
    const simulator = new CoreDriver()
    expect(simulator.refusal('POST', '/payment_links', body)).toEqual({
      status: 400,
      code: 'BAD_REQUEST_ERROR',
      description,
      metadata: [],
      reason: null,
      source: null,
      step: null,
    })
    expect(simulator.state.links.size).toBe(0)
  })

  it('by a reference that is taken is refused, and found by it', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { reference_id: 'intent-1' })
    expect(simulator.refusal('POST', '/payment_links', { amount: 5_000, reference_id: 'intent-1' }).description).toBe(
      'payment link creation with reference ID already attempted',
    )
    expect(simulator.ok('GET', '/payment_links?reference_id=intent-1').payment_links).toEqual([link])
    const other = newLink(simulator, { reference_id: 'intent-2' })
    expect(simulator.refusal('PATCH', `/payment_links/${other.id}`, { reference_id: 'intent-1' }).status).toBe(400)
    expect(simulator.ok('PATCH', `/payment_links/${link.id}`, { reference_id: 'intent-1' }).reference_id).toBe(
      'intent-1',
    )
  })

  it('once paid has an order, a payment, and events with the oddities of the original', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, {
      reference_id: 'ref',
      callback_url: 'https://shop.example/back?a=1',
      callback_method: 'get',
    })
    simulator.advance(MINUTE)
    const { paymentId, orderId } = simulator.pay({ linkId: link.id })
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({
      status: 'paid',
      amount_paid: 1_000,
      order_id: orderId,
      payments: [{ payment_id: paymentId, plink_id: link.id, status: 'captured' }],
    })
    expect(simulator.ok('GET', `/payment_links?payment_id=${paymentId}`).payment_links).toHaveLength(1)
    expect(simulator.events()).toEqual(['payment.authorized', 'payment.captured', 'order.paid', 'payment_link.paid'])
    const event = simulator.lastEvent('payment_link.paid')
    expect(event).toMatchObject({
      entity: 'event',
      contains: ['payment_link', 'order', 'payment'],
      created_at: link.created_at,
    })
    expect(event.payload.order.entity.id).toBe(orderId?.slice('order_'.length))
    expect(event.payload.order.entity).not.toHaveProperty('entity')
    expect(event.payload.payment.entity.order_id).toBe(orderId)
    expect(event.payload.order.entity.notes).toEqual([])
    const redirect = new URL(linkRedirect(simulator.state, link.id, paymentId) ?? '')
    expect(Object.fromEntries(redirect.searchParams)).toMatchObject({
      a: '1',
      razorpay_payment_id: paymentId,
      razorpay_payment_link_id: link.id,
      razorpay_payment_link_reference_id: 'ref',
      razorpay_payment_link_status: 'paid',
    })
    expect(simulator.attempt({ linkId: link.id })).toMatchObject({ ok: false })
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('takes parts on one order', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { accept_partial: true, first_min_partial_amount: 300 })
    expect(simulator.attempt({ linkId: link.id, amount: 200 })).toMatchObject({ ok: false })
    const first = simulator.pay({ linkId: link.id, amount: 300 })
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({
      status: 'partially_paid',
      amount_paid: 300,
    })
    expect(simulator.events().at(-1)).toBe('payment_link.partially_paid')
    const cannot = 'cannot cancel or expire an already paid/partially paid link'
    expect(simulator.refusal('POST', `/payment_links/${link.id}/cancel`).description).toBe(cannot)
    const second = simulator.pay({ linkId: link.id, amount: 700 })
    expect(second.orderId).toBe(first.orderId)
    expect(simulator.ok('GET', `/payment_links/${link.id}`).status).toBe('paid')
    expect(simulator.refusal('POST', `/payment_links/${link.id}/cancel`).description).toBe(cannot)
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('expires when it says, or after six months, and takes nothing then', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { expire_by: START / 1000 + 20 * 60 })
    simulator.advance(20 * MINUTE)
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({
      status: 'expired',
      expired_at: START / 1000 + 20 * 60,
    })
    expect(simulator.lastEvent('payment_link.expired').contains).toEqual(['payment_link'])
    expect(simulator.attempt({ linkId: link.id })).toMatchObject({
      ok: false,
      error: { description: 'This payment link has expired' },
    })
    expect(simulator.refusal('POST', `/payment_links/${link.id}/cancel`).description).toBe(
      'cannot cancel or expire an expired link',
    )
    expect(simulator.refusal('PATCH', `/payment_links/${link.id}`, { notes: {} }).description).toBe(
      'update can only be made in created or partially paid state',
    )
  })

  it('expires later when it is changed to', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { expire_by: START / 1000 + 20 * 60 })
    simulator.ok('PATCH', `/payment_links/${link.id}`, { expire_by: START / 1000 + 40 * 60, reminder_enable: true })
    simulator.advance(30 * MINUTE)
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({
      status: 'created',
      reminders: { status: 'in_progress' },
    })
    expect(simulator.refusal('PATCH', `/payment_links/${link.id}`, { amount: 5 }).description).toBe(
      'amount is/are not required and should not be sent',
    )
  })

  it('that is partly paid does not expire, but takes no more once it should have', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { accept_partial: true, expire_by: START / 1000 + 20 * 60 })
    simulator.pay({ linkId: link.id, amount: 400 })
    simulator.advance(20 * MINUTE)
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({ status: 'partially_paid', expired_at: 0 })
    expect(simulator.attempt({ linkId: link.id, amount: 600 })).toMatchObject({
      ok: false,
      error: { description: 'This payment link has expired' },
    })
  })

  it('dates the event of its end by its own creation, too', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator)
    simulator.advance(MINUTE)
    simulator.ok('POST', `/payment_links/${link.id}/cancel`)
    expect(simulator.lastEvent('payment_link.cancelled').created_at).toBe(link.created_at)
  })

  it('is cancelled once, by the merchant', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator)
    expect(simulator.ok('POST', `/payment_links/${link.id}/cancel`)).toMatchObject({
      status: 'cancelled',
      cancelled_at: START / 1000,
    })
    expect(simulator.events()).toEqual(['payment_link.cancelled'])
    expect(simulator.attempt({ linkId: link.id })).toMatchObject({ ok: false })
    expect(simulator.refusal('POST', `/payment_links/${link.id}/cancel`).status).toBe(400)
  })

  it('that ended may still be paid by what was under way: the money comes, and the link stays as it is', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { expire_by: START / 1000 + 20 * 60 })
    const { paymentId } = simulator.pay({ linkId: link.id, outcome: { kind: 'silent', authorizedAfter: 30 * MINUTE } })
    simulator.advance(30 * MINUTE)
    expect(simulator.ok('GET', `/payments/${paymentId}`).status).toBe('captured')
    expect(simulator.ok('GET', `/payment_links/${link.id}`)).toMatchObject({ status: 'expired', amount_paid: 1_000 })
    expect(simulator.events()).not.toContain('payment_link.paid')
    expect(brokenInvariants(simulator.state)).toEqual([])
  })

  it('notifies whom it knows', () => {
    const simulator = new CoreDriver()
    const link = newLink(simulator, { customer: { contact: '+919900000000' } })
    expect(simulator.ok('POST', `/payment_links/${link.id}/notify_by/sms`)).toEqual({ success: true })
    expect(simulator.refusal('POST', `/payment_links/${link.id}/notify_by/email`).status).toBe(400)
    expect(simulator.refusal('POST', `/payment_links/${link.id}/notify_by/pigeon`).status).toBe(400)
  })
})
