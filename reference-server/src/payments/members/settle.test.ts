import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { keepOrphan } from '../inbox/work-inbox.js'
import { applyFacts } from '../intents/apply-facts.js'
import { issueIntent } from '../intents/issue-intent.js'
import type { PaymentFact } from '../intents/payment-fact.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { loadPaymentDetail } from './read-payments.js'
import { loadReconciliation } from './reconciliation.js'
import { settleOrphan } from './settle-orphan.js'
import { settlePayment } from './settle-payment.js'

const INR = (minor: bigint) => ({ minor, currency: 'INR' })

describe.each(TEST_DATABASES)('what people have dealt with on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  let intentId: string
  /** How often the trail was written. */
  let noted: number
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await createPaymentScene(test.database)
    intentId = await scene.addIntent()
    noted = 0
    await issueIntent(scene.context, which())
  })

  const which = () => ({ organizationId: scene.organizationId, intentId })
  const apply = (...facts: PaymentFact[]) => applyFacts(scene.context, which(), facts, 'fetch')
  const come = (paymentId: string, minor: bigint): PaymentFact => ({
    ...{ type: 'captured', paymentId, amount: INR(minor), method: 'upi', at: '2026-01-01T00:00:00.000Z' },
  })
  const note = async () => {
    noted++
  }
  const settle = (paymentId: string, of = which()) => settlePayment(scene.context, { ...of, paymentId, note })
  const report = (of = scene) =>
    loadReconciliation(test.database.of(of.organizationId), of.organizationId, scene.tenant.now.value)
  const strange = async () =>
    (await loadPaymentDetail(test.database.of(scene.organizationId), which())).strange.map(
      ({ paymentId, amountMinor, captured }) => [paymentId, amountMinor, captured],
    )

  describe('money that fits nothing', () => {
    it('P12: what was asked for stands as it would without it, is told once, and nobody has to look any more', async () => {
      await apply(come('pay_short', 49_999n))
      expect(await strange()).toEqual([['pay_short', 49_999, true]])
      expect((await report()).attention).toMatchObject([{ id: intentId, state: 'mismatch' }])
      await settle('pay_short')
      expect(await scene.intent(intentId)).toMatchObject({ state: 'issued', paid_minor: '0', version: 3 })
      expect(scene.told().map(({ status }) => status)).toEqual(['awaiting_payment', 'verifying', 'awaiting_payment'])
      expect(await strange()).toEqual([])
      expect((await report()).attention).toEqual([])
      await apply(come('pay_whole', 50_000n))
      expect(await scene.intent(intentId)).toMatchObject({ state: 'paid', paid_minor: '50000' })
    })

    it('is said once by however many at the same time', async () => {
      await apply(come('pay_short', 49_999n))
      await Promise.all(Array.from({ length: 8 }, () => settle('pay_short')))
      await settle('pay_short')
      expect(noted).toBe(1)
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from payment_facts
        where intent_id = ${intentId}::uuid and source = 'member'`.execute(test.database.of(scene.organizationId))
      expect(rows[0]?.n).toBe(1)
      expect(await scene.intent(intentId)).toMatchObject({ version: 3 })
    })

    it('leaves the rest of what fits nothing to be looked at', async () => {
      await apply(come('pay_1', 1n), come('pay_2', 2n))
      await settle('pay_1')
      expect(await strange()).toEqual([['pay_2', 2, true]])
      expect(await scene.intent(intentId)).toMatchObject({ state: 'mismatch' })
    })

    it('what was only held and comes in after all is looked at again, and can be dealt with again', async () => {
      await apply({ type: 'authorized', paymentId: 'pay_held', amount: INR(1n) })
      expect(await strange()).toEqual([['pay_held', 1, false]])
      await settle('pay_held')
      expect(await scene.intent(intentId)).toMatchObject({ state: 'issued' })
      await apply(come('pay_held', 1n))
      expect(await strange()).toEqual([['pay_held', 1, true]])
      await settle('pay_held')
      expect(await scene.intent(intentId)).toMatchObject({ state: 'issued' })
      expect(noted).toBe(2)
    })

    it('refuses a payment that the intent does not know', async () => {
      await apply(come('pay_short', 49_999n))
      const other = await scene.addIntent()
      const elsewhere = { organizationId: scene.organizationId, intentId: other }
      await expect(settle('pay_other')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(settle('pay_short', elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(noted).toBe(0)
    })

    it('P7: refuses the intent of another organization', async () => {
      await apply(come('pay_short', 49_999n))
      const { organizationId } = await createPaymentScene(test.database)
      await expect(settle('pay_short', { organizationId, intentId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await strange()).toHaveLength(1)
    })

    it.each<[string, () => PaymentFact[]]>([
      ['fits', () => [come('pay_1', 50_000n)]],
      ['goes back by itself', () => [come('pay_0', 50_000n), come('pay_1', 50_000n)]],
      ['has failed', () => [{ type: 'failed', paymentId: 'pay_1', reason: null }]],
      [
        'has gone back',
        () => [
          come('pay_1', 1n),
          { type: 'refund', refundId: 'rfnd_1', paymentId: 'pay_1', amount: INR(1n), status: 'processed' },
        ],
      ],
    ])('refuses a payment that %s: nobody has to look at it', async (_, facts) => {
      await apply(...facts())
      const before = await scene.intent(intentId)
      await expect(settle('pay_1')).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'paymentId' })
      expect(await scene.intent(intentId)).toEqual(before)
      expect(noted).toBe(0)
    })

    it('P13: neither the fact nor its entry in the trail stands without the other', async () => {
      await apply(come('pay_short', 49_999n))
      const failing = async () => {
        throw new Error('The trail cannot be written.')
      }
      await expect(settlePayment(scene.context, { ...which(), paymentId: 'pay_short', note: failing })).rejects.toThrow(
        'The trail',
      )
      expect(await strange()).toHaveLength(1)
    })
  })

  describe('money that belongs to nothing', () => {
    const settleIt = (paymentId: string, of = scene) =>
      test.database.transaction(of.organizationId, (transaction) =>
        settleOrphan(transaction, { organizationId: of.organizationId, paymentId, now: scene.tenant.now.value }),
      )
    const stray = {
      ...{ id: 'pay_stray', orderId: null, amount: INR(700n), status: 'captured' as const, captured: true },
      ...{ amountRefunded: 0n, method: null, failure: null, createdAt: new Date('2026-01-01T00:00:00Z') },
    }
    beforeEach(async () => {
      await keepOrphan(scene.context, scene, stray)
    })

    it('P12: is in no report any more, however often it is found again', async () => {
      expect((await report()).orphans).toMatchObject([{ paymentId: 'pay_stray' }])
      expect(await settleIt('pay_stray')).toBe(true)
      expect(await settleIt('pay_stray')).toBe(false)
      await keepOrphan(scene.context, scene, stray)
      expect((await report()).orphans).toEqual([])
    })

    it('keeps when that was', async () => {
      const { now } = scene.tenant
      const first = now.value
      await settleIt('pay_stray')
      now.value = new Date(first.getTime() + 60_000)
      await settleIt('pay_stray')
      const rows = await test.database.of(scene.organizationId).selectFrom('payment_orphans').selectAll().execute()
      expect(rows).toMatchObject([{ settled_at: first }])
    })

    it('P7: refuses what is not there, and what is another organization’s', async () => {
      const stranger = await createPaymentScene(test.database)
      await expect(settleIt('pay_none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(settleIt('pay_stray', stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await report()).orphans).toHaveLength(1)
    })
  })
})
