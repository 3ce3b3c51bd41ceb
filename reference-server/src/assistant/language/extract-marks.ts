import { normalise } from './normalise.js'

/** A sum of money in a text. */
export interface Amount {
  currency: 'INR' | 'USD' | 'EUR' | 'GBP'
  /** In the currency's smallest unit: paise, cents. */
  minor: number
}

/** What patterns find in a text before anything looks at its words, since a stemmer would tear it apart. */
export interface Marks {
  emails: string[]
  /** Numbers of orders, tickets, payments: with at least one digit, in upper case, without `#`. */
  ids: string[]
  amounts: Amount[]
  /** The text without them. */
  rest: string
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g
const AMOUNT =
  /(?:(₹|\brs\.?|\binr|\$|\busd|€|\beur|£|\bgbp)\s?(\d[\d,]{0,15}(?:\.\d{1,2})?)|\b(\d[\d,]{0,15}(?:\.\d{1,2})?)\s?(rupees?|rs\.?|inr|dollars?|usd|euros?|eur|pounds?|gbp|₹|\$|€|£))(?:\s?(lakhs?|lacs?|crores?|cr|k)\b)?/gi
const ID =
  /#\s?([a-z0-9][a-z0-9-]{1,31})|\b(?:[a-z]{2,6}[-_](?=[a-z0-9_-]*\d)[a-z0-9_-]{2,32}|[a-z]{1,4}\d{4,16}|\d{6,18})\b/gi

const CURRENCIES: [RegExp, Amount['currency']][] = [
  [/^(₹|rs|inr|rup)/i, 'INR'],
  [/^(\$|usd|dol)/i, 'USD'],
  [/^(€|eur)/i, 'EUR'],
  [/^(£|gbp|pou)/i, 'GBP'],
]
const SCALES: [RegExp, number][] = [
  [/^la/i, 100_000],
  [/^cr/i, 10_000_000],
  [/^k/i, 1_000],
]

/** Finds e-mail addresses, amounts and ids, in this order: an id is what is left of them that has digits. */
export function extractMarks(text: string): Marks {
  const emails: string[] = []
  const amounts: Amount[] = []
  const ids: string[] = []
  const rest = normalise(text)
    .replace(EMAIL, (email) => keep(emails, email.toLowerCase()))
    .replace(AMOUNT, (_, before?: string, first?: string, second?: string, after?: string, scale?: string) =>
      keep(amounts, amountOf(before ?? after ?? '', first ?? second ?? '', scale)),
    )
    .replace(ID, (match, hashed?: string) => {
      if (hashed !== undefined && !/\d/.test(hashed)) return match
      return keep(ids, (hashed ?? match).toUpperCase())
    })
  return { emails, amounts, ids, rest: rest.replace(/\s+/g, ' ').trim() }
}

function keep<T>(list: T[], found: T): string {
  list.push(found)
  return ' '
}

function amountOf(sign: string, digits: string, scale = ''): Amount {
  const currency = CURRENCIES.find(([pattern]) => pattern.test(sign))?.[1] ?? 'INR'
  const times = SCALES.find(([pattern]) => pattern.test(scale))?.[1] ?? 1
  return { currency, minor: Math.round(Number(digits.replaceAll(',', '')) * 100 * times) }
}
