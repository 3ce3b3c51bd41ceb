/** Millionths of a unit of a currency, as its people write it; what is less than its smallest coin to four digits. */
export function moneyText({ micro, currency }: { micro: number; currency: string }): string {
  const amount = micro / 1e6
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? { minimumFractionDigits: 2, maximumFractionDigits: 4 } : {}
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(amount)
}
