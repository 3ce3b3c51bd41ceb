import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { rotateWebhookSecret } from '../accounts/payment-account.js'
import { issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { signStub, stubEvent } from '../testing/stub-reader.js'
import { receiveWebhook } from './receive-webhook.js'
import { keepOrphan, workInbox } from './work-inbox.js'

const MINUTE = 60_000

describe.each(TEST_DATABASES)('webhooks of a payment provider on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await createPaymentScene(test.database)
  })

  const receive = (
    raw: Buffer,
    more: { secret?: string; signature?: string; eventId?: string; endpointId?: string } = {},
  ) =>
    receiveWebhook(scene.context, {
      raw,
      endpointId: more.endpointId ?? scene.endpointId,
      signature: more.signature ?? signStub(raw, more.secret ?? scene.webhookSecret),
      eventId: more.eventId ?? 'evt_1',
    })
  const work = () => workInbox(scene.context)
  const inbox = () =>
    test.database.of(scene.organizationId).selectFrom('payment_webhooks').selectAll().orderBy('event_id').execute()
  const orphans = () => test.database.of(scene.organizationId).selectFrom('payment_orphans').selectAll().execute()
  const pass = (ms: number) => {
    scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + ms)
  }
  const issued = async (intent?: Parameters<PaymentScene['addIntent']>[0]) => {
    const intentId = await scene.addIntent(intent)
    await issueIntent(scene.context, { organizationId: scene.organizationId, intentId })
    const orderId = scene.provider.orders.at(-1)?.id as string
    return { intentId, orderId }
  }
  const state = async (id: string) => (await scene.intent(id)).state

  it('a webhook only says where to look: paid is what the provider says then', async () => {
    const { intentId, orderId } = await issued()
    expect(await receive(stubEvent({ orderIds: [orderId], paymentIds: ['pay_lie'] }))).toBe('taken')
    expect(await state(intentId)).toBe('issued')
    await work()
    expect(await state(intentId)).toBe('issued')
    scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId], name: 'order.paid' }), { eventId: 'evt_2' })
    await work()
    expect(await state(intentId)).toBe('paid')
    expect((await inbox()).map(({ outcome, next_at }) => [outcome, next_at])).toEqual([
      ['applied', null],
      ['applied', null],
    ])
  })

  it.each([
    ['no signature of ours', { signature: 'ab'.repeat(32) }],
    ['the secret of another', { secret: 'guessed' }],
    ['an address that nobody has', { endpointId: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('threat 77: refuses what bears %s, and keeps nothing of it', async (_, more) => {
    expect(await receive(stubEvent({}), more)).toBe('refused')
    const unsigned = { raw: stubEvent({}), endpointId: scene.endpointId, signature: undefined, eventId: 'evt_1' }
    expect(await receiveWebhook(scene.context, unsigned)).toBe('refused')
    expect(await inbox()).toEqual([])
  })

  it('threat 78, bug 6: the same again, a hundred times and under new ids, is kept once', async () => {
    const { orderId } = await issued()
    const raw = stubEvent({ orderIds: [orderId] })
    for (let index = 0; index < 100; index++) expect(await receive(raw, { eventId: `evt_${index % 10}` })).toBe('taken')
    expect(await inbox()).toHaveLength(1)
  })

  it('bug 7: an order paid and its payment captured are one payment', async () => {
    const { intentId, orderId } = await issued()
    const payment = scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId], paymentIds: [payment.id] }), { eventId: 'evt_1' })
    await receive(stubEvent({ name: 'order.paid', orderIds: [orderId], paymentIds: [payment.id] }), {
      eventId: 'evt_2',
    })
    await Promise.all([work(), work(), work()])
    expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', paid_minor: '50000', version: 2 })
    const ledger = await test.database.of(scene.organizationId).selectFrom('payment_ledger').selectAll().execute()
    expect(ledger.map(({ amount_minor }) => amount_minor).sort()).toEqual(['-50000', '50000'])
  })

  it('threat 79: what another tenant is rightly sent is refused here, and moves nothing there', async () => {
    const stranger = await createPaymentScene(test.database)
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    const raw = stubEvent({ orderIds: [orderId] })
    expect(await receive(raw, { secret: stranger.webhookSecret })).toBe('refused')
    // With their own secret at their own address: the order is none of theirs.
    const theirs = {
      raw,
      endpointId: stranger.endpointId,
      signature: signStub(raw, stranger.webhookSecret),
      eventId: 'e',
    }
    expect(await receiveWebhook(stranger.context, theirs)).toBe('taken')
    await workInbox(stranger.context)
    expect(await state(intentId)).toBe('issued')
  })

  it('threat 79: a rightly signed event of another account of the provider is put aside', async () => {
    const { intentId, orderId } = await issued()
    await receive(stubEvent({ orderIds: [orderId], accountId: 'acc_1' }))
    await work()
    scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId], accountId: 'acc_2' }), { eventId: 'evt_2' })
    await work()
    expect((await inbox()).map(({ outcome }) => outcome)).toEqual(['applied', 'foreign'])
    expect(await state(intentId)).toBe('issued')
  })

  it('P5: is tried again until the provider answers, later each time', async () => {
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId] }))
    for (const wait of [5_000, 30_000, 120_000]) {
      scene.provider.breakNext('listOrderPayments', 'before')
      await work()
      const [row] = await inbox()
      expect(row?.next_at?.getTime()).toBe(scene.tenant.now.value.getTime() + wait)
      pass(wait)
    }
    await work()
    expect(await state(intentId)).toBe('paid')
  })

  it('P5: what a process had begun that died is taken up after a minute', async () => {
    const { intentId, orderId } = await issued()
    scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId] }))
    const { listOrderPayments } = scene.provider
    scene.provider.listOrderPayments = async () => {
      throw new Error('killed')
    }
    await work()
    scene.provider.listOrderPayments = listOrderPayments
    await work()
    expect(await state(intentId)).toBe('issued')
    pass(MINUTE)
    await work()
    expect(await state(intentId)).toBe('paid')
  })

  it('takes the old secret for fifteen days behind a new one: retries are signed with it', async () => {
    const { webhookSecret: next } = await test.database.transaction(scene.organizationId, (transaction) =>
      rotateWebhookSecret(transaction, scene.context.sealer, {
        ...{ organizationId: scene.organizationId, now: scene.tenant.now.value },
      }),
    )
    expect(await receive(stubEvent({}), { secret: next })).toBe('taken')
    expect(await receive(stubEvent({ name: 'a' }))).toBe('taken')
    pass(15 * 24 * 60 * MINUTE)
    expect(await receive(stubEvent({ name: 'b' }))).toBe('refused')
    expect(await receive(stubEvent({ name: 'b' }), { secret: next })).toBe('taken')
  })

  it('puts aside what is older than any replay, and what is no event at all', async () => {
    await receive(stubEvent({ createdAt: '2025-12-01T00:00:00.000Z' }), { eventId: 'evt_1' })
    await receive(Buffer.from('{'), { eventId: 'evt_2' })
    await work()
    expect((await inbox()).map(({ outcome }) => outcome)).toEqual(['stale', 'unreadable'])
  })

  it('P6: money for nothing that we know is kept for people to look at, once', async () => {
    const order = await scene.provider.ensureOrder(
      { receipt: 'elsewhere', amount: { minor: 700n, currency: 'INR' }, partial: false, notes: {} },
      false,
    )
    const payment = scene.provider.pay(order.ok ? order.value.id : '')
    const event = { orderIds: [payment.orderId as string], paymentIds: [payment.id] }
    await receive(stubEvent(event), { eventId: 'evt_1' })
    await receive(stubEvent({ ...event, name: 'order.paid' }), { eventId: 'evt_2' })
    await work()
    expect(await orphans()).toMatchObject([{ payment_id: payment.id, amount_minor: '700' }])
    expect((await inbox()).map(({ outcome }) => outcome)).toEqual(['orphan', 'orphan'])
  })

  it('finds the link behind an order that nobody has told us of', async () => {
    const { intentId } = await issued({ kind: 'link' })
    const orderId = scene.provider.links[0]?.orderId as string
    const payment = scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId], paymentIds: [payment.id] }))
    await work()
    expect(await state(intentId)).toBe('paid')
    expect(await orphans()).toEqual([])
  })

  it('takes nothing for an orphan while the provider gives no answer about the link that it may be of', async () => {
    const { intentId } = await issued({ kind: 'link' })
    const orderId = scene.provider.links[0]?.orderId as string
    const payment = scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId], paymentIds: [payment.id] }))
    scene.provider.breakNext('fetchLink', 'before')
    await work()
    expect(await orphans()).toEqual([])
    pass(5_000)
    await work()
    expect(await state(intentId)).toBe('paid')
  })

  it('an orphan is none any more once its payment is known to be of an intent', async () => {
    const { intentId, orderId } = await issued()
    const payment = scene.provider.pay(orderId)
    await keepOrphan(scene.context, scene, payment)
    await lookAtIntent(scene.context, { organizationId: scene.organizationId, intentId })
    expect(await orphans()).toMatchObject([{ payment_id: payment.id, settled_at: scene.tenant.now.value }])
  })

  it('knows of a dispute by the webhook alone, and of how it ends', async () => {
    const { intentId, orderId } = await issued()
    const payment = scene.provider.pay(orderId)
    await receive(stubEvent({ orderIds: [orderId] }), { eventId: 'evt_1' })
    await work()
    const dispute = { id: 'disp_1', paymentId: payment.id, amount: { minor: 50_000n, currency: 'INR' } }
    await receive(stubEvent({ name: 'payment.dispute.created', dispute: { ...dispute, state: 'open' } }), {
      eventId: 'evt_2',
    })
    await work()
    expect(await state(intentId)).toBe('disputed')
    await receive(stubEvent({ name: 'payment.dispute.lost', dispute: { ...dispute, state: 'lost' } }), {
      eventId: 'evt_3',
    })
    await work()
    expect(await state(intentId)).toBe('refunded')
  })
})
