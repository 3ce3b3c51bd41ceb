/** Offered where an amount is asked for; the provider has the last word on which it takes. */
export const CURRENCIES = [
  ...['INR', 'USD', 'EUR', 'GBP', 'AED', 'AUD', 'BHD', 'CAD', 'CHF', 'HKD', 'JPY', 'KWD', 'MYR', 'NZD', 'OMR', 'QAR'],
  ...['SAR', 'SEK', 'SGD', 'THB', 'ZAR'],
]

/** How many digits of a currency stand behind the point (ISO 4217): 2 of rupees, none of yen, 3 of Kuwaiti dinars. */
function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount in the smallest unit as people read it, `₹1,499.50`; what is below 0 with its sign. */
export function formatMinor(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  // Of a decimal written out, no digit goes through a float.
  return format.format(decimalOf(minor, currency) as unknown as number)
}

/** An amount in the smallest unit as one types it: `1499.50`. */
export function decimalOf(minor: number, currency: string): string {
  const digits = digitsOf(currency)
  const text = `${Math.abs(minor)}`.padStart(digits + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** What was typed as an amount: in the smallest unit, or what is wrong with it. Nothing typed is neither. */
export type TypedAmount = { minor: number; problem: null } | { minor: null; problem: string | null }

const PLAIN = /^\d+(\.\d*)?$/
/** Western and Indian thousands: 1,234,567 and 12,34,567. */
const GROUPED = /^\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?$/

/** Reads an amount as it is typed in a currency, digit by digit: no float is made of it. */
export function readAmount(typed: string, currency: string): TypedAmount {
  const text = typed.trim()
  const wrong = (problem: string | null): TypedAmount => ({ minor: null, problem })
  if (text === '') return wrong(null)
  if (!PLAIN.test(text) && !GROUPED.test(text)) return wrong('Digits, with a point before the smaller unit: 1499.50.')
  const digits = digitsOf(currency)
  const [whole = '', behind = ''] = text.replaceAll(',', '').split('.')
  if (behind.length > digits)
    return wrong(
      digits === 0 ? `${currency} has no smaller unit.` : `${currency} has ${digits} digits behind the point.`,
    )
  const written = `${whole}${behind.padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '')
  if (written.length > 15) return wrong('This is too much.')
  // Razorpay takes currencies of three digits in tens of the smallest unit only.
  if (digits === 3 && !written.endsWith('0')) return wrong(`The last digit behind the point must be 0 in ${currency}.`)
  return written === '0' ? wrong('More than nothing.') : { minor: Number(written), problem: null }
}
