import { createRequire } from 'node:module'
import Razorpay from 'razorpay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRazorpaySimulator, virtualClock } from './index.js'

const { validatePaymentVerification, validateWebhookSignature } = createRequire(import.meta.url)(
  'razorpay/dist/utils/razorpay-utils',
)

const KEY = { id: 'rzp_test_simSDK', secret: 'sdk-secret' }
const simulator = createRazorpaySimulator({ clock: virtualClock(), keys: [KEY] })
// biome-ignore lint/suspicious/noExplicitAny: the types of the official client are wrong in places that are looked at here.
let client: any

beforeAll(async () => {
  client = new Razorpay({ key_id: KEY.id, key_secret: KEY.secret })
  // The only way to another address: it has no option for one.
  client.api.rq.defaults.baseURL = await simulator.start()
})
afterAll(() => simulator.close())

const newOrder = (more: object = {}) => client.orders.create({ amount: 49_900, currency: 'INR', ...more })
const pay = (orderId: string) => {
  const result = simulator.attempt({ orderId })
  if (!result.ok) throw new Error(result.error.description)
  return result
}
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('went well')
    },
    (error: { statusCode: number; error: { description: string } }) => [error.statusCode, error.error.description],
  )

describe('orders of the official client', () => {
  it('create, fetch, all, edit, fetchPayments, fetchTransferOrder', async () => {
    const order = await newOrder({ receipt: 'sdk-1', notes: { a: 'b' } })
    expect(order).toMatchObject({ status: 'created', notes: { a: 'b' }, amount_due: 49_900 })
    expect(await client.orders.fetch(order.id)).toEqual(order)
    expect((await client.orders.all({ receipt: 'sdk-1' })).items).toEqual([order])
    expect((await client.orders.edit(order.id, { notes: { c: 'd' } })).notes).toEqual({ c: 'd' })
    const { paymentId } = pay(order.id)
    expect((await client.orders.fetchPayments(order.id)).items).toMatchObject([{ id: paymentId, status: 'captured' }])
    expect(await client.orders.fetchTransferOrder(order.id)).toMatchObject({ id: order.id, transfers: { count: 0 } })
  })

  it('by callback too', async () => {
    const order = await new Promise<{ id: string }>((resolve, reject) =>
      client.orders.create({ amount: 100 }, (error: unknown, made: { id: string }) =>
        error ? reject(error) : resolve(made),
      ),
    )
    expect(order.id).toMatch(/^order_/)
  })

  it('are refused as documented', async () => {
    expect(await refusal(client.orders.create({ amount: 99 }))).toEqual([400, 'The amount must be at least INR 1.00'])
    expect(await refusal(client.orders.fetch('order_00000000000000'))).toEqual([400, 'The id provided does not exist'])
    expect(await refusal(client.orders.all({ count: 101 }))).toEqual([400, 'The count may not be greater than 100.'])
    const order = await newOrder()
    const unknown = [400, 'The requested URL was not found on the server.']
    expect(await refusal(client.orders.viewRtoReview(order.id))).toEqual(unknown)
    expect(await refusal(client.orders.editFulfillment(order.id, {}))).toEqual(unknown)
    const stranger = new Razorpay({ key_id: KEY.id, key_secret: 'wrong' }) as typeof client
    stranger.api.rq.defaults.baseURL = simulator.url
    expect(await refusal(stranger.orders.all())).toEqual([401, 'Authentication failed'])
  })
})

describe('payments of the official client', () => {
  it('all, fetch, capture, edit, fetchCardDetails', async () => {
    const order = await newOrder({ payment: { capture: 'manual' } })
    const { paymentId } = pay(order.id)
    expect(await client.payments.fetch(paymentId)).toMatchObject({ status: 'authorized', captured: false, fee: null })
    expect(await refusal(client.payments.capture(paymentId, 100, 'INR'))).toEqual([
      400,
      'Capture amount must be equal to the amount authorized',
    ])
    expect(await client.payments.capture(paymentId, 49_900, 'INR')).toMatchObject({
      status: 'captured',
      captured: true,
    })
    expect(await refusal(client.payments.capture(paymentId, 49_900, 'INR'))).toEqual([
      400,
      'This payment has already been captured',
    ])
    expect((await client.payments.all({ count: 1 })).items[0].id).toBe(paymentId)
    expect((await client.payments.edit(paymentId, { notes: { x: 'y' } })).notes).toEqual({ x: 'y' })
    expect(await client.payments.fetchCardDetails(paymentId)).toMatchObject({ entity: 'card', last4: '1007' })
  })

  it('refund, fetchMultipleRefund, fetchRefund, and refunds all, fetch, edit', async () => {
    const { paymentId } = pay((await newOrder()).id)
    const refund = await client.payments.refund(paymentId, { amount: 900, speed: 'normal', receipt: 'sdk-refund' })
    expect(refund).toMatchObject({ entity: 'refund', status: 'pending', amount: 900, payment_id: paymentId })
    await simulator.advance(2_000)
    expect(await client.payments.fetchRefund(paymentId, refund.id)).toMatchObject({ status: 'processed' })
    expect((await client.payments.fetchMultipleRefund(paymentId)).count).toBe(1)
    expect(await client.refunds.fetch(refund.id)).toMatchObject({ id: refund.id })
    expect(await client.refunds.fetch(refund.id, { payment_id: paymentId })).toMatchObject({ id: refund.id })
    expect((await client.refunds.all({ payment_id: paymentId })).count).toBe(1)
    expect((await client.refunds.all()).items[0].id).toBe(refund.id)
    expect((await client.refunds.edit(refund.id, { notes: { r: '1' } })).notes).toEqual({ r: '1' })
    expect(await refusal(client.payments.refund(paymentId, { amount: 49_001 }))).toEqual([
      400,
      'The refund amount provided is greater than amount captured.',
    ])
    await client.payments.refund(paymentId, {})
    expect(await refusal(client.payments.refund(paymentId, {}))).toEqual([
      400,
      'The payment has been fully refunded already.',
    ])
  })

  it('createPaymentJson, otpGenerate, otpResend, otpSubmit', async () => {
    const order = await newOrder()
    const card = { number: '4100280000001007', name: 'A', expiry_month: '12', expiry_year: '30', cvv: '123' }
    const made = await client.payments.createPaymentJson({
      amount: 49_900,
      currency: 'INR',
      order_id: order.id,
      contact: '+919900000000',
      email: 'a@example.com',
      method: 'card',
      card,
    })
    const id = made.razorpay_payment_id
    expect((await client.payments.otpGenerate(id)).next).toHaveLength(2)
    expect((await client.payments.otpResend(id)).razorpay_payment_id).toBe(id)
    expect((await refusal(client.payments.otpSubmit(id, { otp: '123' })))[0]).toBe(400)
    const paid = await client.payments.otpSubmit(id, { otp: '1234' })
    expect(
      validatePaymentVerification({ order_id: order.id, payment_id: id }, paid.razorpay_signature, KEY.secret),
    ).toBe(true)
  })

  it('createUpi, validateVpa, fetchPaymentMethods, downtimes, transfers', async () => {
    const order = await newOrder()
    const made = await client.payments.createUpi({
      amount: 49_900,
      currency: 'INR',
      order_id: order.id,
      vpa: 'success@razorpay',
    })
    await simulator.advance(5_000)
    expect(await client.payments.fetch(made.razorpay_payment_id)).toMatchObject({ status: 'captured', method: 'upi' })
    expect(await client.payments.validateVpa({ vpa: 'someone@upi' })).toMatchObject({ success: true })
    expect(await refusal(client.payments.validateVpa({ vpa: 'nobody' }))).toMatchObject([400, expect.any(String)])
    expect(await client.payments.fetchPaymentMethods()).toMatchObject({ entity: 'methods', card: true })
    expect((await client.payments.fetchPaymentDowntime()).count).toBe(0)
    expect((await refusal(client.payments.fetchPaymentDowntimeById('down_00000000000000')))[0]).toBe(400)
    expect((await client.payments.fetchTransfer(made.razorpay_payment_id)).count).toBe(0)
  })

  it('what is not simulated is refused, and says so', async () => {
    const { paymentId } = pay((await newOrder()).id)
    const unknown = [400, 'The requested URL was not found on the server.']
    expect(await refusal(client.payments.transfer(paymentId, { transfers: [] }))).toEqual(unknown)
    expect(await refusal(client.payments.createRecurringPayment({ amount: 100 }))).toEqual(unknown)
    expect(await refusal(client.payments.bankTransfer(paymentId))).toEqual([400, 'The id provided does not exist'])
  })
})

describe('payment links of the official client', () => {
  it('create, fetch, all, edit, notifyBy, cancel', async () => {
    const link = await client.paymentLink.create({
      amount: 50_000,
      currency: 'INR',
      reference_id: 'sdk-link',
      description: 'A thing',
      customer: { name: 'A', contact: '+919900000000', email: 'a@example.com' },
      notify: { sms: true, email: true },
      callback_url: 'https://example.com/back',
      callback_method: 'get',
    })
    expect(link).toMatchObject({ status: 'created', payments: null, expired_at: 0, notes: null, user_id: '' })
    expect(link).not.toHaveProperty('entity')
    expect(await client.paymentLink.fetch(link.id)).toEqual(link)
    expect((await client.paymentLink.all({ reference_id: 'sdk-link' })).payment_links).toEqual([link])
    expect((await client.paymentLink.edit(link.id, { notes: { a: 'b' } })).notes).toEqual({ a: 'b' })
    expect(await client.paymentLink.notifyBy(link.id, 'sms')).toEqual({ success: true })
    expect(await refusal(client.paymentLink.create({ amount: 100, reference_id: 'sdk-link' }))).toEqual([
      400,
      'payment link creation with reference ID already attempted',
    ])
    expect(await client.paymentLink.cancel(link.id)).toMatchObject({ status: 'cancelled' })
  })
})

describe('the helpers of the official client', () => {
  it('accept what a checkout, a link and a webhook sign', async () => {
    const order = await newOrder()
    const { paymentId, signature } = pay(order.id)
    expect(validatePaymentVerification({ order_id: order.id, payment_id: paymentId }, signature, KEY.secret)).toBe(true)
    expect(validatePaymentVerification({ order_id: paymentId, payment_id: order.id }, signature, KEY.secret)).toBe(
      false,
    )

    const link = await client.paymentLink.create({
      amount: 100,
      reference_id: 'sdk-signed',
      callback_url: 'https://example.com/back?mine=1',
      callback_method: 'get',
    })
    const response = await fetch(`${simulator.url}/__sim/links/${link.id}/success`, { method: 'POST' })
    const { redirect } = (await response.json()) as { redirect: string }
    const { searchParams } = new URL(redirect)
    expect(searchParams.get('mine')).toBe('1')
    expect(
      validatePaymentVerification(
        {
          payment_link_id: searchParams.get('razorpay_payment_link_id'),
          payment_id: searchParams.get('razorpay_payment_id'),
          payment_link_reference_id: searchParams.get('razorpay_payment_link_reference_id'),
          payment_link_status: searchParams.get('razorpay_payment_link_status'),
        },
        searchParams.get('razorpay_signature'),
        KEY.secret,
      ),
    ).toBe(true)
  })

  it('accept the bytes of an event, and not those of one that was parsed and written again', async () => {
    const simulated = simulator.state()
    const event = [...simulated.events.values()].find(({ name }) => name === 'payment.captured')
    if (!event) throw new Error('no event')
    const { sign } = await import('./index.js')
    const signature = sign(event.body, 'hook-secret')
    expect(validateWebhookSignature(event.body, signature, 'hook-secret')).toBe(true)
    expect(validateWebhookSignature(JSON.stringify(JSON.parse(event.body)), signature, 'hook-secret')).toBe(false)
  })
})
