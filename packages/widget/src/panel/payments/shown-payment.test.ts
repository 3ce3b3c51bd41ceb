import { describe, expect, it } from 'vitest'
import { isPayable, lookOf, type ShownPayment } from './shown-payment.js'

const NOW = Date.parse('2026-01-01T00:00:00.000Z')
const payment = (over: Partial<ShownPayment>): ShownPayment => ({
  ...{ id: 'p', purpose: 'A chair', amountMinor: 50_000, currency: 'INR', status: 'awaiting_payment', version: 1 },
  ...{ paidMinor: 0, refundedMinor: 0, failures: 0, expiresAt: null },
  ...over,
})

describe('a payment', () => {
  it('can be paid while it is awaited or paid in part, and not for longer than it may', () => {
    expect(isPayable(payment({}), NOW)).toBe(true)
    expect(isPayable(payment({ status: 'partially_paid' }), NOW)).toBe(true)
    expect(isPayable(payment({ expiresAt: '2026-01-01T00:00:00.001Z' }), NOW)).toBe(true)
    expect(isPayable(payment({ expiresAt: '2026-01-01T00:00:00.000Z' }), NOW)).toBe(false)
    for (const status of ['verifying', 'paid', 'expired', 'cancelled', 'refunded', 'partially_refunded'] as const)
      expect(isPayable(payment({ status }), NOW)).toBe(false)
  })

  it('bug 12: whose tries have failed is one to be paid; one whose time is over has expired', () => {
    const past = '2025-12-31T00:00:00.000Z'
    expect(lookOf(payment({ failures: 3 }), NOW)[1]).toBe('paymentAwaiting')
    expect(lookOf(payment({ expiresAt: past }), NOW)[1]).toBe('paymentExpired')
    expect(lookOf(payment({ status: 'partially_paid', expiresAt: past }), NOW)[1]).toBe('paymentPartly')
  })
})
