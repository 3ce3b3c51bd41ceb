import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { type RefundWish, requestRefund } from './request-refund.js'
import { workRefunds } from './work-refunds.js'

describe.each(TEST_DATABASES)('refunds on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  let intentId: string
  let paymentId: string
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    await test.database.system.updateTable('payment_refunds').set({ next_at: null }).execute()
    scene = await createPaymentScene(test.database)
    intentId = await scene.addIntent()
    await issueIntent(scene.context, which())
    paymentId = scene.provider.pay(scene.provider.orders[0]?.id as string).id
    await lookAtIntent(scene.context, which())
  })

  const which = () => ({ organizationId: scene.organizationId, intentId })
  const request = (wish: Partial<RefundWish> = {}) =>
    test.database.transaction(scene.organizationId, (transaction) =>
      requestRefund(transaction, {
        ...{ ...which(), id: randomUUID(), paymentId, minor: 50_000n, reason: 'They asked.', requestedBy: null },
        ...{ now: scene.tenant.now.value, ...wish },
      }),
    )
  const work = () => workRefunds(scene.context)
  const rows = () => test.database.of(scene.organizationId).selectFrom('payment_refunds').selectAll().execute()

  it('goes back whole, and the conversation is told', async () => {
    await request()
    await work()
    expect(await rows()).toMatchObject([{ state: 'sent', next_at: null }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'refunded', refunded_minor: '50000' })
    expect(scene.told().at(-1)).toMatchObject({ status: 'refunded', refundedMinor: 50_000 })
  })

  it('threat 80, P3: of fifty who send all of it back at the same time, one does', async () => {
    const wishes = await Promise.allSettled(Array.from({ length: 50 }, () => request()))
    expect(wishes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all([work(), work(), work()])
    expect(scene.provider.refunds).toHaveLength(1)
    expect(await scene.intent(intentId)).toMatchObject({ refunded_minor: '50000' })
  })

  it('threat 80: the same wish again is the same refund, and another one under its id is refused', async () => {
    const id = randomUUID()
    await request({ id, minor: 10_000n })
    await request({ id, minor: 10_000n })
    await work()
    expect(scene.provider.refunds).toMatchObject([{ amount: { minor: 10_000n } }])
    await expect(request({ id, minor: 20_000n })).rejects.toMatchObject({ code: 'ID_REUSED' })
    expect(await scene.intent(intentId)).toMatchObject({ state: 'partially_refunded' })
  })

  it.each([0n, -1n, 50_001n])('P3: refuses %s of 50000', async (minor) => {
    await expect(request({ minor })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'amountMinor' })
  })

  it('P3: counts what is on its way back, wherever that was asked for', async () => {
    await request({ minor: 30_000n })
    await expect(request({ minor: 20_001n })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    scene.provider.refunds.push({
      id: 'rfnd_dashboard',
      paymentId,
      amount: { minor: 15_000n, currency: 'INR' },
      status: 'pending',
    })
    const payment = scene.provider.payments[0]
    if (payment) payment.amountRefunded = 15_000n
    await lookAtIntent(scene.context, which())
    await expect(request({ minor: 5_001n })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    await request({ minor: 5_000n })
  })

  it('bug 23: is sent again under its own key when no answer came, and is one refund', async () => {
    await request()
    scene.provider.breakNext('refund', 'after')
    await work()
    expect(await rows()).toMatchObject([{ state: 'queued', attempts: 1, error: 'No answer in time.' }])
    scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + 10_000)
    await work()
    expect(scene.provider.refunds).toHaveLength(1)
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('is for people when the provider refuses it, and may be wished for anew', async () => {
    await request()
    scene.provider.breakNext('refund', 'refuse')
    await work()
    expect(await rows()).toMatchObject([{ state: 'refused', error: 'No.' }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid' })
    await request()
    await work()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'refunded' })
  })

  it('stays sent when it has once been made, whatever is said later', async () => {
    await request()
    await work()
    const [refund] = scene.provider.refunds
    const payment = scene.provider.payments[0]
    if (refund) refund.status = 'failed'
    if (payment) payment.amountRefunded = 0n
    await lookAtIntent(scene.context, which())
    expect(await rows()).toMatchObject([{ state: 'sent' }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'refunded' })
  })

  it('is for people when the bank does not take back what the provider has taken on, and may be wished for anew', async () => {
    const refund = scene.provider.refund
    scene.provider.refund = async (wish, signal) => {
      const answer = await refund(wish, signal)
      return answer.ok ? { ...answer, value: { ...answer.value, status: 'pending' as const } } : answer
    }
    await request()
    await work()
    expect(await rows()).toMatchObject([{ state: 'sent' }])
    const [pending] = scene.provider.refunds
    const payment = scene.provider.payments[0]
    if (pending) pending.status = 'failed'
    if (payment) payment.amountRefunded = 0n
    await lookAtIntent(scene.context, which())
    expect(await rows()).toMatchObject([{ state: 'refused', error: 'The bank did not take it back.' }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid' })
    scene.provider.refund = refund
    await request()
    await work()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'refunded' })
  })

  it('refuses a payment of another intent, and of another organization', async () => {
    const stranger = await createPaymentScene(test.database)
    await expect(request({ paymentId: 'pay_other' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = test.database.transaction(stranger.organizationId, (transaction) =>
      requestRefund(transaction, {
        ...{ organizationId: stranger.organizationId, intentId, id: randomUUID(), paymentId, minor: 1n, reason: '' },
        ...{ requestedBy: null, now: scene.tenant.now.value },
      }),
    )
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('P12: what was paid twice goes back by itself, once', async () => {
    const second = scene.provider.pay(scene.provider.orders[0]?.id as string)
    await lookAtIntent(scene.context, which())
    await Promise.all([work(), work()])
    expect(scene.provider.refunds).toMatchObject([{ paymentId: second.id, amount: { minor: 50_000n } }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', refunded_minor: '0' })
  })

  it('P12: of what was paid twice only the rest goes back by itself, where somebody has sent back a part before', async () => {
    await request({ minor: 10_000n })
    // Nobody has heard yet that it has gone back, and the other payment turns out to be the earlier one.
    const [first] = scene.provider.payments
    scene.provider.pay(scene.provider.orders[0]?.id as string, { createdAt: new Date(0) })
    await lookAtIntent(scene.context, which())
    await work()
    await lookAtIntent(scene.context, which())
    const back = scene.provider.refunds.filter((refund) => refund.paymentId === first?.id)
    expect(back.map(({ amount }) => amount.minor).sort()).toEqual([10_000n, 40_000n])
    expect(await rows()).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', refunded_minor: '0' })
  })
})
