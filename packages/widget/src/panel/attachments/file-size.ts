/** A size in the words of a language, such as 1.2 MB. */
export function fileSize(bytes: number, locale: string): string {
  const [unit, amount] =
    bytes < 1024 ? ['byte', bytes] : bytes < 1024 ** 2 ? ['kilobyte', bytes / 1024] : ['megabyte', bytes / 1024 ** 2]
  const maximumFractionDigits = unit === 'megabyte' && (amount as number) < 10 ? 1 : 0
  return (amount as number).toLocaleString(locale, {
    style: 'unit',
    unit: unit as string,
    maximumFractionDigits,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
  })
}
