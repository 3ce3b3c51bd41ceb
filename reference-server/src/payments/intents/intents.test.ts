import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { applyFacts } from './apply-facts.js'
import { issueIntent } from './issue-intent.js'
import { lookAtIntent } from './look-at-intent.js'
import type { PaymentFact } from './payment-fact.js'

describe.each(TEST_DATABASES)('payment intents on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await createPaymentScene(test.database)
  })

  const which = (intentId: string) => ({ organizationId: scene.organizationId, intentId })
  const issue = (id: string) => issueIntent(scene.context, which(id))
  const look = (id: string) => lookAtIntent(scene.context, which(id))
  const apply = (id: string, ...facts: PaymentFact[]) => applyFacts(scene.context, which(id), facts, 'fetch')
  const captured = (paymentId: string, minor = 50_000n): PaymentFact => ({
    ...{
      type: 'captured',
      paymentId,
      amount: { minor, currency: 'INR' },
      method: 'upi',
      at: '2026-01-01T00:00:00.000Z',
    },
  })
  const rows = async (table: 'payment_ledger' | 'payment_facts' | 'payment_refunds' | 'audit_entries') =>
    (
      await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
        test.database.of(scene.organizationId),
      )
    ).rows

  it('has an order made once, tells the conversation, and is paid when the provider says so', async () => {
    const id = await scene.addIntent()
    expect(await issue(id)).toEqual({ status: 'issued' })
    expect(scene.provider.orders).toMatchObject([
      { receipt: `pi_${id.replaceAll('-', '')}`, amount: { minor: 50_000n } },
    ])
    expect(scene.told()).toMatchObject([{ intentId: id, version: 1, status: 'awaiting_payment', amountMinor: 50_000 }])
    scene.provider.pay(scene.provider.orders[0]?.id as string)
    expect(await look(id)).toMatchObject({ status: 'looked', applied: { changed: true, fulfilled: true } })
    expect(await scene.intent(id)).toMatchObject({ state: 'paid', paid_minor: '50000', version: 2 })
    expect(scene.told().at(-1)).toMatchObject({
      version: 2,
      status: 'paid',
      text: 'Payment received: A chair, ₹500.00',
    })
  })

  it('P1, P13: whoever looks, and however often, it is fulfilled once, told once and audited once', async () => {
    const id = await scene.addIntent()
    await issue(id)
    scene.provider.pay(scene.provider.orders[0]?.id as string)
    const looked = await Promise.all(Array.from({ length: 8 }, () => look(id)))
    const fulfilled = looked.filter((each) => each.status === 'looked' && each.applied.fulfilled)
    expect(fulfilled).toHaveLength(1)
    expect(scene.told().map(({ status }) => status)).toEqual(['awaiting_payment', 'paid'])
    const states = (await rows('audit_entries')).map(({ content }) => (content as { changes?: unknown }).changes)
    expect(states.filter((changes) => JSON.stringify(changes)?.includes('"to":"paid"'))).toHaveLength(1)
    const messages = await sql<{ n: number }>`select count(*)::int as n from events
      where client_message_id like ${`pay:${id}:%`}`.execute(test.database.of(scene.organizationId))
    expect(messages.rows[0]?.n).toBe(2)
  })

  it('P10: the ledger adds up to nothing', async () => {
    const id = await scene.addIntent()
    await issue(id)
    await apply(id, captured('pay_1'), captured('pay_2'))
    const refund = { refundId: 'rfnd_1', paymentId: 'pay_2', amount: { minor: 50_000n, currency: 'INR' } }
    await apply(id, { type: 'refund', ...refund, status: 'pending' })
    await apply(id, { type: 'refund', ...refund, status: 'processed' })
    const lines = await rows('payment_ledger')
    expect(lines).toHaveLength(6)
    expect(lines.reduce((sum, line) => sum + BigInt(line.amount_minor as string), 0n)).toBe(0n)
    const held = lines.filter(({ account }) => account === 'provider')
    expect(held.reduce((sum, line) => sum + BigInt(line.amount_minor as string), 0n)).toBe(50_000n)
  })

  it('P12: what comes in twice goes back once, and then it is paid', async () => {
    const id = await scene.addIntent()
    await issue(id)
    await apply(id, captured('pay_1'))
    await apply(id, captured('pay_2'))
    expect(await scene.intent(id)).toMatchObject({ state: 'overpaid' })
    await Promise.all([apply(id, captured('pay_2')), look(id)])
    expect(await rows('payment_refunds')).toMatchObject([
      { payment_id: 'pay_2', amount_minor: '50000', cause: 'excess', state: 'queued' },
    ])
    await apply(id, {
      ...{ type: 'refund', refundId: 'rfnd_1', paymentId: 'pay_2', amount: { minor: 50_000n, currency: 'INR' } },
      status: 'processed',
    })
    expect(await scene.intent(id)).toMatchObject({ state: 'paid', refunded_minor: '0' })
    expect(scene.told().at(-1)).toMatchObject({ status: 'paid' })
  })

  it('bug 22, P9: an order whose answer never came is found again, never made twice', async () => {
    const id = await scene.addIntent()
    scene.provider.breakNext('ensureOrder', 'after')
    expect(await issue(id)).toMatchObject({ status: 'unknown', error: { kind: 'timeout' } })
    expect(await issue(id)).toEqual({ status: 'issued' })
    expect(scene.provider.orders).toHaveLength(1)
  })

  it('P9: of many who begin at the same time one asks the provider', async () => {
    const id = await scene.addIntent()
    const issued = await Promise.all(Array.from({ length: 8 }, () => issue(id)))
    expect(issued.filter(({ status }) => status === 'issued')).toHaveLength(1)
    expect(scene.provider.calls).toEqual(['ensureOrder'])
    expect(await issue(id)).toEqual({ status: 'nothing' })
  })

  it('takes a process that died at it for gone after a minute', async () => {
    const id = await scene.addIntent()
    const query = test.database.of(scene.organizationId)
    await query
      .updateTable('payment_intents')
      .set({ issuing_until: new Date('2026-01-01T00:00:30.000Z') })
      .execute()
    expect(await issue(id)).toEqual({ status: 'nothing' })
    scene.tenant.now.value = new Date('2026-01-01T00:00:31.000Z')
    expect(await issue(id)).toEqual({ status: 'issued' })
  })

  it('says when the provider will not, and nothing is offered then', async () => {
    const id = await scene.addIntent()
    scene.provider.breakNext('ensureOrder', 'refuse')
    expect(await issue(id)).toMatchObject({ status: 'refused' })
    expect(scene.told()).toEqual([])
  })

  it('has a link, and knows when it has expired', async () => {
    const id = await scene.addIntent({ kind: 'link' })
    await issue(id)
    expect(await scene.intent(id)).toMatchObject({ state: 'issued', url: 'https://pay.test/plink_00000000000001' })
    Object.assign(scene.provider.links[0] as object, { status: 'expired' })
    await look(id)
    expect(await scene.intent(id)).toMatchObject({ state: 'expired' })
    scene.provider.pay(scene.provider.links[0]?.orderId as string)
    await look(id)
    expect(await scene.intent(id)).toMatchObject({ state: 'paid_late' })
    expect(scene.told().map(({ status }) => status)).toEqual(['awaiting_payment', 'expired', 'paid'])
  })

  it('threat 76: a payment of another order is none of this intent, whoever lists it', async () => {
    const [mine, other] = [await scene.addIntent(), await scene.addIntent()]
    await issue(mine)
    await issue(other)
    const [, foreign] = scene.provider.orders
    const payment = scene.provider.pay(foreign?.id as string)
    scene.provider.listOrderPayments = async () => ({ ok: true, value: [payment] })
    await look(mine)
    expect(await scene.intent(mine)).toMatchObject({ state: 'issued' })
  })

  it('changes nothing when the provider gives no answer', async () => {
    const id = await scene.addIntent()
    await issue(id)
    scene.provider.breakNext('listOrderPayments', 'before')
    expect(await look(id)).toMatchObject({ status: 'unknown' })
    expect(scene.told()).toHaveLength(1)
  })

  it('outlives its conversation: what was paid is known, whoever has erased the chat', async () => {
    const id = await scene.addIntent()
    await issue(id)
    scene.provider.pay(scene.provider.orders[0]?.id as string)
    await test.database.system.deleteFrom('conversations').where('id', '=', scene.conversationId).execute()
    expect(await look(id)).toMatchObject({ status: 'looked', applied: { fulfilled: true } })
    expect(await scene.intent(id)).toMatchObject({ state: 'paid', conversation_id: null })
  })

  it('bug 8: a page, a webhook and a look at the same time are one payment', async () => {
    const id = await scene.addIntent()
    await issue(id)
    // Where a conversation is, its log keeps them in line; without it the intent alone does.
    await test.database.system.deleteFrom('conversations').where('id', '=', scene.conversationId).execute()
    const applied = await Promise.all(Array.from({ length: 20 }, () => apply(id, captured('pay_1'))))
    expect(applied.filter((outcome) => outcome?.fulfilled)).toHaveLength(1)
    expect(await scene.intent(id)).toMatchObject({ state: 'paid', paid_minor: '50000', version: 2 })
    expect(await rows('payment_ledger')).toHaveLength(2)
  })

  it('P7: nobody applies a fact to an intent of another organization', async () => {
    const id = await scene.addIntent()
    const stranger = await createPaymentScene(test.database)
    const applied = await applyFacts(
      stranger.context,
      { organizationId: stranger.organizationId, intentId: id },
      [captured('pay_1')],
      'webhook',
    )
    expect(applied).toBeUndefined()
    expect(await scene.intent(id)).toMatchObject({ state: 'creating', version: 0 })
  })

  it('leaves whoever waits for an answer waiting: a payment answers nobody', async () => {
    const id = await scene.addIntent()
    const query = test.database.of(scene.organizationId)
    const since = new Date('2026-01-01T00:00:00.000Z')
    await query.updateTable('conversations').set({ status: 'open', waiting_since: since }).execute()
    await issue(id)
    const { waiting_since: waiting } = await query
      .selectFrom('conversations')
      .select('waiting_since')
      .executeTakeFirstOrThrow()
    expect(waiting).toEqual(since)
  })
})
