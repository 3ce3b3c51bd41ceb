import { describe, expect, it } from 'vitest'
import { formatMoney } from './format-money.js'

const spaced = (text: string) => text.replace(/\s/g, ' ')

describe('an amount', () => {
  it.each([
    [50_000, 'INR', 'en', '₹500.00'],
    [12_345_678, 'INR', 'en-IN', '₹1,23,456.78'],
    [5, 'INR', 'en', '₹0.05'],
    [0, 'INR', 'en', '₹0.00'],
    [295, 'JPY', 'en', '¥295'],
    [295_990, 'KWD', 'en', 'KWD 295.990'],
    // What is customary is another thing than what the provider counts.
    [50_000, 'IDR', 'en', 'IDR 500.00'],
    [50_000, 'HUF', 'en', 'HUF 500.00'],
    [99_990, 'IQD', 'en', 'IQD 99.990'],
    // Above what a float of rupees holds to the last digit.
    [Number.MAX_SAFE_INTEGER, 'INR', 'en', '₹90,071,992,547,409.91'],
    [900_719_925_474_099_123n, 'INR', 'en', '₹9,007,199,254,740,991.23'],
  ])('[M4] of %s in the smallest unit of %s reads in %s as %s', (minor, currency, locale, text) => {
    expect(spaced(formatMoney({ minor, currency }, locale))).toBe(text)
  })

  it('is written in the figures of its reader', () => {
    expect(formatMoney({ minor: 50_000, currency: 'INR' }, 'ar-EG')).toContain('٥٠٠')
  })
})
