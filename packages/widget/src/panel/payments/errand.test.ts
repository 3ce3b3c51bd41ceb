import { describe, expect, it } from 'vitest'
import { type Errand, errandNow, isBusy } from './errand.js'
import type { ShownPayment } from './shown-payment.js'

const at = (version: number, status: ShownPayment['status'] = 'awaiting_payment'): ShownPayment => ({
  ...{ id: 'p', purpose: 'A chair', amountMinor: 50_000, currency: 'INR', status, version },
  ...{ paidMinor: 0, refundedMinor: 0, failures: 0 },
})

describe('what goes on about a payment', () => {
  const claimed: Errand = { since: 1, doing: 'checking', claimed: true }

  it('goes on while there are no news', () => {
    expect(errandNow(claimed, at(1))).toBe(claimed)
    expect(errandNow(undefined, at(3))).toEqual({ since: 3 })
  })

  it('is ended by news: that it was paid, or that a try has failed', () => {
    expect(errandNow(claimed, at(2, 'paid'))).toEqual({ since: 2 })
    expect(errandNow(claimed, at(2))).toEqual({ since: 2 })
    expect(errandNow({ since: 1, refused: true }, at(2, 'verifying'))).toEqual({ since: 2 })
  })

  it('keeps the address where it is paid', () => {
    const link = 'https://pay.example'
    expect(errandNow({ since: 1, doing: 'checking', link }, at(2))).toEqual({ since: 2, link })
  })

  it('bug 11: is not ended by the news that it is checked, nor by any while the window is open', () => {
    expect(errandNow(claimed, at(2, 'verifying'))).toEqual({ ...claimed, since: 2 })
    const open: Errand = { since: 1, doing: 'open' }
    expect(errandNow(open, at(2))).toBe(open)
  })

  it('is not begun twice, and not again while a claim is checked; what was only closed may be tried again', () => {
    for (const doing of ['opening', 'open'] as const) expect(isBusy({ since: 1, doing })).toBe(true)
    expect(isBusy(claimed)).toBe(true)
    expect(isBusy({ since: 1, doing: 'checking' })).toBe(false)
    // Nobody has found out anything for a minute.
    expect(isBusy({ since: 1, claimed: true })).toBe(false)
    expect(isBusy({ since: 1 })).toBe(false)
  })
})
