import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { connectAccount, disconnectAccount } from '../accounts/payment-account.js'
import { issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { sweepAccounts } from '../reconcile/sweep-accounts.js'
import { createPaymentScene, type PaymentScene, type SceneIntent } from '../testing/payment-scene.js'
import { listPayments, loadPaymentDetail } from './read-payments.js'
import { loadReconciliation } from './reconciliation.js'

const DAY = 24 * 60 * 60_000

describe.each(TEST_DATABASES)('what a team reads of payments on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    // The sweep is of all organizations.
    await test.database.system
      .updateTable('payment_accounts')
      .set({ swept_to: new Date('2030-01-01') })
      .execute()
    scene = await createPaymentScene(test.database)
  })

  const query = () => test.database.of(scene.organizationId)
  const pass = (ms: number) => {
    scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + ms)
  }
  const issued = async (intent: SceneIntent = {}) => {
    const intentId = await scene.addIntent(intent)
    await issueIntent(scene.context, { organizationId: scene.organizationId, intentId })
    return { intentId, orderId: scene.provider.orders.at(-1)?.id as string }
  }
  const look = (intentId: string) => lookAtIntent(scene.context, { organizationId: scene.organizationId, intentId })
  const detail = (intentId: string) => loadPaymentDetail(query(), { organizationId: scene.organizationId, intentId })
  const list = async (filter: Partial<Parameters<typeof listPayments>[1]>) =>
    (await listPayments(query(), { organizationId: scene.organizationId, limit: 50, ...filter })).payments.map(
      ({ id }) => id,
    )

  it('lists by mode, by when it was asked for, and by its own id', async () => {
    const early = await scene.addIntent()
    pass(DAY)
    const middle = scene.tenant.now.value.toISOString()
    const late = await scene.addIntent()
    expect(await list({ from: middle })).toEqual([late])
    expect(await list({ before: middle })).toEqual([early])
    expect(await list({ mode: 'test' })).toEqual([late, early])
    expect(await list({ mode: 'live' })).toEqual([])
    expect(await list({ q: early.toUpperCase() })).toEqual([early])
  })

  it('says by what account money would be asked for now, to those who may not see the account', async () => {
    const read = async () =>
      (await listPayments(query(), { organizationId: scene.organizationId, limit: 1 })).accountMode
    expect(await read()).toBe('test')
    await test.database.transaction(scene.organizationId, (transaction) =>
      disconnectAccount(transaction, scene.organizationId),
    )
    expect(await read()).toBeNull()
  })

  it('P10: tells what has come and gone, in the order of the books, and how it was learned of', async () => {
    const { intentId, orderId } = await issued()
    const paid = scene.provider.pay(orderId)
    await look(intentId)
    pass(DAY)
    scene.provider.refunds.push({
      ...{ id: 'rfnd_theirs', paymentId: paid.id, amount: { minor: 20_000n, currency: 'INR' }, status: 'processed' },
    })
    paid.amountRefunded = 20_000n
    await look(intentId)
    const { ledger, history } = await detail(intentId)
    expect(ledger).toMatchObject([
      { type: 'captured', reference: paid.id, amountMinor: 50_000, currency: 'INR', source: 'fetch' },
      { type: 'refund', reference: 'rfnd_theirs', amountMinor: -20_000, source: 'fetch' },
    ])
    expect(history.map(({ actor, action, changes }) => [actor, action, changes?.state?.to])).toEqual([
      [null, 'payment.check', 'issued'],
      [null, 'payment.check', 'paid'],
      [null, 'payment.check', 'partially_refunded'],
    ])
    expect(JSON.stringify(history)).not.toContain('address')
  })

  it('tells nothing of another payment’s history', async () => {
    const { intentId } = await issued()
    await issued()
    expect((await detail(intentId)).history).toHaveLength(1)
  })

  it('P6: reports by day what was compared, what was put right, and what belongs to nothing', async () => {
    const { orderId } = await issued()
    const paid = scene.provider.pay(orderId)
    scene.provider.payments.push({ ...paid, id: 'pay_stray', orderId: null })
    pass(60_000)
    scene.provider.breakNext('listPayments', 'before')
    await sweepAccounts(scene.context)
    pass(15 * 60_000)
    await sweepAccounts(scene.context)
    const day = scene.tenant.now.value.toISOString().slice(0, 10)
    pass(DAY)
    await sweepAccounts(scene.context)
    const next = scene.tenant.now.value.toISOString().slice(0, 10)
    const { days } = await loadReconciliation(query(), scene.organizationId, scene.tenant.now.value)
    const quiet = { failures: 0, mended: 0, orphans: 0, told: 0, found: 0 }
    expect(days).toEqual([
      { ...quiet, day: next, comparisons: 1, compared: 2 },
      { ...{ day, comparisons: 1, failures: 1, compared: 2, mended: 1, orphans: 1 }, ...{ told: 0, found: 1 } },
    ])
    pass(20 * DAY)
    expect((await loadReconciliation(query(), scene.organizationId, scene.tenant.now.value)).days).toEqual([])
  })

  it('goes on with the account of a key that was connected before, so that none is there twice', async () => {
    const { organizationId } = scene
    const connect = (keyId: string) =>
      test.database.transaction(organizationId, (transaction) =>
        connectAccount(
          transaction,
          { sealer: scene.context.sealer, generateId: randomUUID },
          { organizationId, keyId, keySecret: 'another', now: scene.tenant.now.value },
        ),
      )
    await test.database.transaction(organizationId, (transaction) => disconnectAccount(transaction, organizationId))
    const second = test.database.transaction(organizationId, (transaction) =>
      disconnectAccount(transaction, organizationId),
    )
    await expect(second).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const again = await connect('rzp_test_simA')
    expect(again).toMatchObject({ account: { id: scene.accountId, enabled: true }, webhookSecret: undefined })
    const live = await connect('rzp_live_B')
    expect(live.account.id).not.toBe(scene.accountId)
    expect((await connect('rzp_test_simA')).account.id).toBe(scene.accountId)
    const rows = await query().selectFrom('payment_accounts').select(['id', 'enabled']).execute()
    expect(rows.filter(({ enabled }) => enabled)).toEqual([{ id: scene.accountId, enabled: true }])
    expect(rows).toHaveLength(2)
  })
})
