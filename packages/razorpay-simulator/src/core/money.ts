/** Currencies without a minor unit: `295` is 295. */
const WITHOUT_MINOR_UNIT = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ')
/** Currencies of a thousand minor units, of which the last digit has to be 0: KWD 99.991 goes as `99990`. */
const WITH_THREE_DIGITS = 'BHD IQD JOD KWD OMR TND'.split(' ')

/** How many digits of an amount stand behind the point. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  if (WITHOUT_MINOR_UNIT.includes(currency)) return 0
  return WITH_THREE_DIGITS.includes(currency) ? 3 : 2
}

/** The least amount of an order or link, in minor units: one whole unit, as the refusal `at least INR 1.00` says. */
export function leastAmount(currency: string): number {
  return 10 ** currencyExponent(currency)
}

/** An amount in minor units as texts have it: `INR 1.00`, `JPY 295`. */
export function amountInWords(amount: number, currency: string): string {
  const exponent = currencyExponent(currency)
  return `${currency} ${(amount / 10 ** exponent).toFixed(exponent)}`
}
