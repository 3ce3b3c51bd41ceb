import type { Money } from './money.js'

/** An amount as people read it, `₹500.00`. */
export function formatMoney({ minor, currency }: Money, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const text = `${minor}`.padStart(digits + 1, '0')
  // Of a decimal written out, no digit goes through a float.
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return format.format(decimal as unknown as number)
}
