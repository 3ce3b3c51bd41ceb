/** Currencies that a payment provider counts in whole units, and those that it counts in thousandths; all others have hundredths. */
const WHOLE = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
const THOUSANDTHS = 'BHD IQD JOD KWD OMR TND'

function digitsOf(currency: string): number {
  return WHOLE.includes(currency) ? 0 : THOUSANDTHS.includes(currency) ? 3 : 2
}

/**
 * An amount as people read it, `₹500.00` (M4). How many digits stand behind the point is the provider's to say: a browser's own list
 * follows what is customary, and is wrong by a hundred for rupiah and forint.
 *
 * @param money in the smallest unit of its currency, ISO 4217.
 */
export function formatMoney({ minor, currency }: { minor: number | bigint; currency: string }, locale = 'en'): string {
  const digits = digitsOf(currency)
  const text = `${minor}`.padStart(digits + 1, '0')
  // Of a decimal written out, no digit goes through a float.
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits },
  })
  return format.format(decimal as unknown as number)
}
