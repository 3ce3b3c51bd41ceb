import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAudit } from '../../audit/index.js'
import type { VisitorActor } from '../../organizations/actor.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { askProvider, takeClaim } from './ask-provider.js'
import { openCheckout } from './open-checkout.js'
import { listVisitorPayments, markPaymentsSeen } from './visitor-payments.js'

describe.each(TEST_DATABASES)('what a visitor does about payments on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  let actor: VisitorActor
  let intentId: string
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await createPaymentScene(test.database)
    actor = scene.visitor
    intentId = await scene.addIntent()
  })

  const which = () => ({ organizationId: scene.organizationId, intentId })
  const issue = () => issueIntent(scene.context, which())
  const open = (blocked = false) => openCheckout(scene.context, actor, { intentId, blocked })
  const orderId = () => scene.provider.orders[0]?.id as string
  const pass = (ms: number) => {
    scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + ms)
  }
  const audit = () =>
    loadAudit(test.database.of(scene.organizationId), {
      organizationId: scene.organizationId,
      limit: 50,
      beforeSeq: undefined,
    })

  it('P1: opens the window of an order that the server has made, at its own price', async () => {
    expect(await open()).toEqual({
      ...{ kind: 'order', keyId: 'rzp_test_simA', orderId: orderId(), amountMinor: 50_000, currency: 'INR' },
      ...{ name: 'Acme', description: 'A chair', prefill: {} },
    })
    expect(await open()).toMatchObject({ orderId: orderId() })
    expect(scene.provider.orders).toHaveLength(1)
  })

  it('names the script of a simulator', async () => {
    const scriptUrl = 'http://127.0.0.1:4800/v1/checkout.js'
    const context = { ...scene.context, scriptUrl }
    expect(await openCheckout(context, actor, { intentId, blocked: false })).toMatchObject({ kind: 'order', scriptUrl })
  })

  it('offers a link where the window is blocked, from then on, and both are one payment', async () => {
    await open()
    expect(await open(true)).toEqual({ kind: 'link', url: 'https://pay.test/plink_00000000000001' })
    // [M1] Of the payment itself there is no news.
    expect(scene.told()).toHaveLength(1)
    expect(await open()).toMatchObject({ kind: 'link' })
    expect(await open(true)).toMatchObject({ kind: 'link' })
    expect(scene.provider.links).toHaveLength(1)
    // Another tab had the window open all the while.
    scene.provider.pay(orderId())
    scene.provider.pay(scene.provider.links[0]?.orderId as string)
    await lookAtIntent(scene.context, which())
    expect(await scene.intent(intentId)).toMatchObject({ state: 'overpaid', paid_minor: '50000' })
  })

  it('has nothing to open once it is paid, or its time is over', async () => {
    await open()
    scene.provider.pay(orderId())
    await lookAtIntent(scene.context, which())
    expect(await open()).toMatchObject({ kind: 'closed', payment: { status: 'paid' } })
    intentId = await scene.addIntent({ expiresAt: scene.tenant.now.value })
    expect(await open()).toMatchObject({ kind: 'closed', payment: { status: 'awaiting_payment' } })
  })

  it('says when the provider gives no answer', async () => {
    scene.provider.breakNext('ensureOrder', 'before')
    await expect(open()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('threat 75, P8: nothing that a client claims moves the state; a forged claim stands in the audit trail', async () => {
    await issue()
    const before = await scene.intent(intentId)
    await takeClaim(scene.context, actor, { intentId, paymentId: 'pay_1', signature: 'forged' })
    await takeClaim(scene.context, actor, { intentId, paymentId: 'pay_1', signature: 'genuine' })
    await askProvider(scene.context, actor, intentId)
    expect(await scene.intent(intentId)).toMatchObject({ state: 'issued', version: before.version, paid_minor: '0' })
    const claims = (await audit()).filter(({ reason }) => reason?.includes('has not signed'))
    expect(claims).toMatchObject([{ target: { kind: 'payment', id: intentId } }])
    expect(JSON.stringify(claims)).not.toContain('forged')
  })

  it('bug 16: an old claim, shown again, pays nothing else', async () => {
    await issue()
    scene.provider.pay(orderId())
    const claim = { paymentId: 'pay_00000000000001', signature: 'genuine' }
    await takeClaim(scene.context, actor, { intentId, ...claim })
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', version: 2 })
    const other = await scene.addIntent()
    await issueIntent(scene.context, { organizationId: scene.organizationId, intentId: other })
    // As a provider does: it has signed this order with this payment.
    const first = orderId()
    scene.provider.isGenuineClaim = (asked) => asked.kind === 'order' && asked.orderId === first
    await takeClaim(scene.context, actor, { intentId: other, ...claim })
    expect((await audit()).filter(({ reason }) => reason?.includes('has not signed'))).toMatchObject([
      { target: { id: other } },
    ])
    await takeClaim(scene.context, actor, { intentId, ...claim })
    expect(await scene.intent(other)).toMatchObject({ state: 'issued' })
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', version: 2 })
  })

  it('threat 76, bug 15: a claim is checked with our own order, whatever the page says', async () => {
    await issue()
    const asked: unknown[] = []
    scene.provider.isGenuineClaim = (claim) => {
      asked.push(claim)
      return false
    }
    await takeClaim(scene.context, actor, { intentId, paymentId: 'pay_1', signature: 'x' })
    expect(asked).toEqual([{ kind: 'order', orderId: orderId(), paymentId: 'pay_1', signature: 'x' }])
  })

  it('[M3] P5: has the provider asked every ten seconds at most, and every second with its own signature', async () => {
    await issue()
    scene.provider.calls.length = 0
    for (let index = 0; index < 5; index++) await askProvider(scene.context, actor, intentId)
    expect(scene.provider.calls).toHaveLength(1)
    pass(999)
    await takeClaim(scene.context, actor, { intentId, paymentId: 'pay_1', signature: 'genuine' })
    expect(scene.provider.calls).toHaveLength(1)
    pass(1)
    await takeClaim(scene.context, actor, { intentId, paymentId: 'pay_1', signature: 'genuine' })
    expect(scene.provider.calls).toHaveLength(2)
    pass(10_000)
    await askProvider(scene.context, actor, intentId)
    expect(scene.provider.calls).toHaveLength(3)
  })

  it('[M2] P4, W20: lists what there is to pay in every tab and on every device, until it is seen on one of them', async () => {
    expect(await listVisitorPayments(test.database, actor)).toEqual([])
    await issue()
    expect(await listVisitorPayments(test.database, actor)).toMatchObject([
      { id: intentId, status: 'awaiting_payment', seen: false },
    ])
    await markPaymentsSeen(test.database, actor, [{ id: intentId, version: 999 }])
    expect(await listVisitorPayments(test.database, actor)).toMatchObject([{ seen: true }])
    scene.provider.pay(orderId())
    await lookAtIntent(scene.context, which())
    await markPaymentsSeen(test.database, actor, [{ id: intentId, version: 1 }])
    expect(await listVisitorPayments(test.database, actor)).toMatchObject([{ status: 'paid', seen: false }])
  })

  it('threat 75: is no business of another visitor, nor of another organization', async () => {
    await issue()
    const stranger = await createPaymentScene(test.database)
    for (const other of [await scene.tenant.addVisitor(), stranger.visitor]) {
      expect(await listVisitorPayments(test.database, other)).toEqual([])
      const calls = [
        () => openCheckout(scene.context, other, { intentId, blocked: false }),
        () => askProvider(scene.context, other, intentId),
        () => takeClaim(scene.context, other, { intentId, paymentId: 'pay_1', signature: 'genuine' }),
        () => openCheckout(scene.context, actor, { intentId: randomUUID(), blocked: false }),
      ]
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await markPaymentsSeen(test.database, other, [{ id: intentId, version: 1 }])
    }
    expect(await listVisitorPayments(test.database, actor)).toMatchObject([{ seen: false }])
  })
})
