import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { issueIntent } from '../intents/issue-intent.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { nextCheckAt } from './check-times.js'
import { sweepAccounts } from './sweep-accounts.js'
import { workChecks } from './work-checks.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const MADE = new Date('2026-01-01T00:00:00.000Z')

describe('when an intent is looked at', () => {
  it('is often at first, then daily for a week, and then no more', () => {
    const times: number[] = []
    for (let at: Date | null = nextCheckAt(MADE, MADE); at; at = nextCheckAt(MADE, at))
      times.push((at.getTime() - MADE.getTime()) / MINUTE)
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => (day * DAY) / MINUTE)
    expect(times).toEqual([1, 2, 5, 15, 30, 60, 180, 360, ...days])
  })
})

describe.each(TEST_DATABASES)('reconciling on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    // The sweeps are of all organizations.
    await test.database.system.updateTable('payment_intents').set({ next_check_at: null }).execute()
    await test.database.system
      .updateTable('payment_accounts')
      .set({ swept_to: new Date('2030-01-01') })
      .execute()
    scene = await createPaymentScene(test.database)
  })

  const pass = (ms: number) => {
    scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + ms)
  }
  const due = (id: string) =>
    test.database
      .of(scene.organizationId)
      .updateTable('payment_intents')
      .set({ next_check_at: scene.tenant.now.value })
      .where('id', '=', id)
      .execute()
  const check = () => workChecks(scene.context)
  const orphans = () => test.database.of(scene.organizationId).selectFrom('payment_orphans').selectAll().execute()
  const issued = async () => {
    const intentId = await scene.addIntent()
    await issueIntent(scene.context, { organizationId: scene.organizationId, intentId })
    await due(intentId)
    return { intentId, orderId: scene.provider.orders.at(-1)?.id as string }
  }

  it('P6: finds what no webhook has ever said', async () => {
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', checks: 1 })
  })

  it('bug 11: looks again after a dismissal, for days: what a bank lets through late is paid', async () => {
    const { intentId, orderId } = await issued()
    const payment = scene.provider.pay(orderId, { status: 'failed', captured: false })
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'attempted' })
    for (let day = 0; day < 3; day++) {
      pass(DAY)
      await check()
    }
    Object.assign(payment, { status: 'captured', captured: true })
    pass(DAY)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid' })
  })

  it('has an order made for what its maker has died at', async () => {
    const intentId = await scene.addIntent()
    await due(intentId)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'issued' })
    expect(scene.provider.orders).toHaveLength(1)
  })

  it('ends what nobody has paid in time, at its time; who pays late all the same has paid late', async () => {
    const expiresAt = new Date(scene.tenant.now.value.getTime() + 3 * MINUTE)
    const intentId = await scene.addIntent({ expiresAt })
    await due(intentId)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'issued' })
    for (let minute = 0; minute < 3; minute++) {
      pass(MINUTE)
      await check()
    }
    expect(await scene.intent(intentId)).toMatchObject({ state: 'expired' })
    scene.provider.pay(scene.provider.orders[0]?.id as string)
    pass(2 * MINUTE)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid_late' })
  })

  it('asks again within a minute when the provider gave no answer', async () => {
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    scene.provider.breakNext('listOrderPayments', 'before')
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'issued' })
    pass(MINUTE)
    await check()
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid' })
  })

  it('looks once, however many nodes look', async () => {
    await issued()
    scene.provider.calls.length = 0
    await Promise.all([check(), check(), check()])
    expect(scene.provider.calls).toEqual(['listOrderPayments'])
  })

  it('P6: compares the account with what is known: finds what was missed, and keeps what belongs to nothing', async () => {
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    scene.provider.payments.push({
      ...(scene.provider.payments[0] as (typeof scene.provider.payments)[number]),
      ...{ id: 'pay_stray', orderId: null },
    })
    pass(MINUTE)
    await sweepAccounts(scene.context)
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid' })
    expect(await orphans()).toMatchObject([{ payment_id: 'pay_stray', reason: 'It was paid without an order.' }])
    scene.provider.calls.length = 0
    await sweepAccounts(scene.context)
    expect(scene.provider.calls).toEqual([])
    pass(DAY)
    await sweepAccounts(scene.context)
    expect(scene.provider.calls).toEqual(['listPayments'])
    expect(await orphans()).toHaveLength(1)
  })

  it('reads all pages of an account, and comes back soon to one that gave no answer', async () => {
    for (let index = 0; index < 230; index++)
      scene.provider.payments.push({
        ...{ id: `pay_${index}`, orderId: null, amount: { minor: 1n, currency: 'INR' }, status: 'captured' },
        ...{ captured: true, amountRefunded: 0n, method: null, failure: null, createdAt: scene.tenant.now.value },
      })
    scene.provider.breakNext('listPayments', 'before')
    await sweepAccounts(scene.context)
    expect(await orphans()).toEqual([])
    pass(15 * MINUTE)
    await sweepAccounts(scene.context)
    expect(await orphans()).toHaveLength(230)
  })
})
