import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFact, encodeFact, factKey, type PaymentFact } from './payment-fact.js'
import { type IntentState, statusOf, viewOf } from './payment-state.js'

const INR = (minor: number | bigint) => ({ minor: BigInt(minor), currency: 'INR' })
const terms = { amount: INR(50_000), partial: false }
const issued: PaymentFact = { type: 'issued', kind: 'order', providerId: 'order_1' }
const captured = (paymentId: string, minor = 50_000, at = '2026-01-01T10:00:00.000Z'): PaymentFact => ({
  ...{ type: 'captured', paymentId, amount: INR(minor), method: 'upi', at },
})
const authorized = (paymentId: string, minor = 50_000): PaymentFact => ({
  ...{ type: 'authorized', paymentId, amount: INR(minor) },
})
const failed = (paymentId: string): PaymentFact => ({ type: 'failed', paymentId, reason: 'card_declined' })
const refund = (
  paymentId: string,
  minor: number,
  status: 'pending' | 'processed' | 'failed' = 'processed',
): PaymentFact => ({
  ...{ type: 'refund', refundId: `rfnd_${paymentId}_${minor}`, paymentId, amount: INR(minor), status },
})
const dispute = (paymentId: string, state: 'open' | 'won' | 'lost'): PaymentFact => ({
  ...{ type: 'dispute', disputeId: `disp_${paymentId}`, paymentId, amount: INR(50_000), state },
})
const settled = (paymentId: string, isCaptured = true): PaymentFact => ({
  ...{ type: 'settled', paymentId, captured: isCaptured },
})
const stateOf = (...facts: PaymentFact[]) => viewOf(terms, facts).state

describe('where an intent stands', () => {
  it.each<[IntentState, PaymentFact[]]>([
    ['creating', []],
    ['issued', [issued]],
    ['attempted', [issued, failed('pay_1')]],
    ['authorized', [issued, authorized('pay_1')]],
    ['paid', [issued, authorized('pay_1'), captured('pay_1')]],
    ['paid_late', [issued, { type: 'expired' }, captured('pay_1')]],
    ['paid_late', [issued, { type: 'cancelled' }, captured('pay_1')]],
    ['expired', [issued, failed('pay_1'), { type: 'expired' }]],
    ['cancelled', [issued, { type: 'expired' }, { type: 'cancelled' }]],
    ['overpaid', [issued, captured('pay_1'), captured('pay_2')]],
    ['paid', [issued, captured('pay_1'), captured('pay_2'), refund('pay_2', 50_000)]],
    ['partially_refunded', [issued, captured('pay_1'), refund('pay_1', 20_000)]],
    ['refunded', [issued, captured('pay_1'), refund('pay_1', 20_000), refund('pay_1', 30_000)]],
    ['paid', [issued, captured('pay_1'), refund('pay_1', 50_000, 'pending')]],
    ['paid', [issued, captured('pay_1'), refund('pay_1', 50_000, 'failed')]],
    ['disputed', [issued, captured('pay_1'), dispute('pay_1', 'open')]],
    ['paid', [issued, captured('pay_1'), dispute('pay_1', 'open'), dispute('pay_1', 'won')]],
    ['refunded', [issued, captured('pay_1'), dispute('pay_1', 'open'), dispute('pay_1', 'lost')]],
    ['mismatch', [issued, captured('pay_1', 49_999)]],
    ['mismatch', [issued, authorized('pay_1', 1)]],
    ['issued', [issued, authorized('pay_1', 1), { type: 'returned', paymentId: 'pay_1' }]],
    ['issued', [issued, captured('pay_1', 49_999), refund('pay_1', 49_999)]],
    ['paid', [issued, captured('pay_1', 49_999), settled('pay_1'), captured('pay_2')]],
    ['issued', [issued, authorized('pay_1', 1), settled('pay_1', false)]],
  ])('is %s', (state, facts) => {
    expect(stateOf(...facts)).toBe(state)
  })

  it('threat 74, P2: nothing but a capture of just this amount and currency makes it paid', () => {
    for (const amount of [INR(49_999), INR(50_001), { minor: 50_000n, currency: 'USD' }]) {
      const view = viewOf(terms, [issued, { ...captured('pay_1'), amount } as PaymentFact])
      expect(view).toMatchObject({ state: 'mismatch', paid: 0n })
    }
    expect(stateOf(issued, authorized('pay_1'))).not.toBe('paid')
  })

  it('tells what of it people have to look at, until it is dealt with', () => {
    const strange = (...facts: PaymentFact[]) => viewOf(terms, facts).strange
    const short = captured('pay_1', 49_999)
    expect(strange(captured('pay_0'), short, authorized('pay_2', 1))).toEqual([
      { paymentId: 'pay_1', amount: INR(49_999), captured: true },
      { paymentId: 'pay_2', amount: INR(1), captured: false },
    ])
    expect(strange(short, settled('pay_1'))).toEqual([])
    expect(strange(short, refund('pay_1', 49_999))).toEqual([])
    expect(strange(authorized('pay_1', 1), settled('pay_1', false))).toEqual([])
  })

  it('what was only held when it was dealt with is to be looked at again once it has come in', () => {
    const { state, strange } = viewOf(terms, [authorized('pay_1', 1), settled('pay_1', false), captured('pay_1', 1)])
    expect([state, strange]).toMatchObject(['mismatch', [{ paymentId: 'pay_1', captured: true }]])
  })

  it('takes parts where parts are taken, up to the whole', () => {
    const view = (...facts: PaymentFact[]) => viewOf({ ...terms, partial: true }, facts)
    const parts = [captured('pay_1', 20_000, '2026-01-01'), captured('pay_2', 30_000, '2026-01-02')]
    expect(view(issued, ...parts.slice(0, 1))).toMatchObject({ state: 'partially_paid', paid: 20_000n })
    expect(view(issued, ...parts)).toMatchObject({ state: 'paid', paid: 50_000n, excess: [] })
    expect(view(issued, ...parts, captured('pay_3', 1, '2026-01-03'))).toMatchObject({
      ...{ state: 'overpaid', paid: 50_000n, excess: [{ paymentId: 'pay_3', amount: 1n }] },
    })
  })

  it('bug 12: a failure ends nothing: a late authorisation still pays', () => {
    expect(stateOf(issued, failed('pay_1'), authorized('pay_1'))).toBe('authorized')
    expect(stateOf(issued, failed('pay_1'), authorized('pay_1'), captured('pay_1'))).toBe('paid')
    expect(viewOf(terms, [issued, failed('pay_1'), captured('pay_1')]).failures).toBe(0)
  })

  it('says to a visitor what they can do about it, and never that something has failed that may not have', () => {
    const told = (...facts: PaymentFact[]) => statusOf(viewOf(terms, facts))
    expect(told()).toBe('awaiting_payment')
    expect(told(issued, failed('pay_1'))).toBe('awaiting_payment')
    expect(told(issued, authorized('pay_1'))).toBe('verifying')
    expect(told(issued, captured('pay_1', 1))).toBe('verifying')
    expect(told(issued, captured('pay_1'), captured('pay_2'))).toBe('paid')
    expect(told(issued, captured('pay_1'), dispute('pay_1', 'open'))).toBe('paid')
  })
})

const ids = fc.constantFrom('pay_1', 'pay_2', 'pay_3')
const anyFact: fc.Arbitrary<PaymentFact> = fc.oneof(
  fc.constant(issued),
  ids.map(failed),
  fc.tuple(ids, fc.constantFrom(50_000, 1)).map(([id, minor]) => authorized(id, minor)),
  ids.map((id) => captured(id, 50_000, `2026-01-0${id.at(-1)}`)),
  ids.map((paymentId): PaymentFact => ({ type: 'returned', paymentId })),
  fc.tuple(ids, fc.boolean()).map(([id, isCaptured]) => settled(id, isCaptured)),
  fc
    .tuple(
      ids,
      fc.constantFrom(20_000, 30_000),
      fc.constantFrom('pending' as const, 'processed' as const, 'failed' as const),
    )
    .map(([id, minor, status]) => refund(id, minor, status)),
  fc.constantFrom<PaymentFact>({ type: 'expired' }, { type: 'cancelled' }),
  fc
    .tuple(ids, fc.constantFrom('open' as const, 'won' as const, 'lost' as const))
    .map(([id, state]) => dispute(id, state)),
)
/** As they are stored: each once under its key. */
const factSets = fc.uniqueArray(anyFact, { selector: factKey, maxLength: 14 })

describe('any set of facts', () => {
  it('P4: means the same in any order, however often each is said', () => {
    fc.assert(
      fc.property(
        factSets.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
        ),
        ([facts, told]) => {
          expect(viewOf(terms, told)).toEqual(viewOf(terms, facts))
        },
      ),
    )
  })

  it('P11: what has been paid stays paid, whatever else becomes known but a rival that came earlier', () => {
    fc.assert(
      fc.property(factSets, anyFact, (facts, more) => {
        const before = viewOf(terms, facts)
        expect(viewOf(terms, [...facts, more]).paid).toBeGreaterThanOrEqual(before.paid)
      }),
    )
  })

  it('P2, P3: is paid only by one capture of the amount, and gives back no more than came in', () => {
    fc.assert(
      fc.property(factSets, (facts) => {
        const { state, paid, excess } = viewOf(terms, facts)
        if (['paid', 'paid_late', 'overpaid'].includes(state)) expect(paid).toBe(50_000n)
        const captures = facts.filter(({ type }) => type === 'captured').length
        expect(paid + excess.reduce((sum, { amount }) => sum + amount, 0n)).toBeLessThanOrEqual(
          50_000n * BigInt(captures),
        )
      }),
    )
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyFact, (fact) => {
        expect(decodeFact(JSON.parse(JSON.stringify(encodeFact(fact))))).toEqual(fact)
      }),
    )
  })
})
