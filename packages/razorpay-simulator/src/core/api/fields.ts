import type { Notes } from '../entities.js'
import { amountInWords, currencyExponent, leastAmount } from '../money.js'
import type { Refusal } from './refusal.js'

/** A body as it was sent. */
export type Body = Readonly<Record<string, unknown>>

/** How a service words a refusal: description, and the field if it names one. */
export type Refuse = (description: string, field?: string) => Refusal

/** Whether a field was sent at all. An explicit null counts as left out. */
export function isSent(body: Body, field: string): boolean {
  return body[field] !== undefined && body[field] !== null
}

/**
 * Refuses what a body may not hold.
 * @throws {Refusal} `x, y is/are not required and should not be sent`
 */
export function refuseUnknown(body: Body, known: readonly string[], refuse: Refuse): void {
  const unknown = Object.keys(body).filter((field) => !known.includes(field))
  if (unknown.length > 0) throw refuse(`${unknown.join(', ')} is/are not required and should not be sent`, unknown[0])
}

/** A text that may be left out. */
export function optionalText(body: Body, field: string, refuse: Refuse): string | null {
  if (!isSent(body, field)) return null
  const value = body[field]
  if (typeof value !== 'string') throw refuse(`The ${field} must be a string.`, field)
  return value
}

/** A text of at most so many characters, which may be left out. */
export function limitedText(body: Body, field: string, most: number, refuse: Refuse): string | null {
  const text = optionalText(body, field, refuse)
  if (text !== null && text.length > most)
    throw refuse(`The ${field} may not be greater than ${most} characters.`, field)
  return text
}

/** A yes or no; Razorpay takes 0 and 1 for it too. */
export function flag(body: Body, field: string, refuse: Refuse): boolean {
  if (!isSent(body, field)) return false
  const value = body[field]
  if (value === true || value === 1) return true
  if (value === false || value === 0) return false
  throw refuse(`The ${field} field must be true or false.`, field)
}

/** A whole number that may be left out. */
export function optionalInteger(body: Body, field: string, refuse: Refuse): number | null {
  if (!isSent(body, field)) return null
  const value = body[field]
  if (!Number.isSafeInteger(value)) throw refuse(`The ${field} must be an integer.`, field)
  return value as number
}

/** An amount that has to be there and has to be a whole number; see `checkAmount` for how much it may be. */
export function requiredAmount(body: Body, refuse: Refuse): number {
  if (!isSent(body, 'amount')) throw refuse('The amount field is required.', 'amount')
  return optionalInteger(body, 'amount', refuse) as number
}

/** Refuses an amount that is too small or too large, or has a last digit that its currency has not. */
export function checkAmount(amount: number, currency: string, most: number, refuse: Refuse): void {
  const least = leastAmount(currency)
  if (amount < least) throw refuse(`The amount must be at least ${amountInWords(least, currency)}`, 'amount')
  if (amount > most) throw refuse('Amount exceeds maximum amount allowed', 'amount')
  if (currencyExponent(currency) === 3 && amount % 10 !== 0)
    throw refuse(`The last digit of an amount in ${currency} must be 0.`, 'amount')
}

/** A currency by its three letters. */
export function requiredCurrency(body: Body, refuse: Refuse): string {
  if (!isSent(body, 'currency')) throw refuse('The currency field is required.', 'currency')
  const { currency } = body
  if (typeof currency !== 'string') throw refuse(`expected string but provided ${String(currency)}`, 'currency')
  if (!/^[A-Z]{3}$/.test(currency)) throw refuse('Currency is not supported', 'currency')
  return currency
}

/** Up to fifteen short texts by name. An empty list is what Razorpay itself sends for none, so it is taken for none. */
export function readNotes(body: Body, most: number, tooLong: string, refuse: Refuse): Notes {
  const { notes } = body
  if (!isSent(body, 'notes') || (Array.isArray(notes) && notes.length === 0)) return {}
  if (typeof notes !== 'object' || Array.isArray(notes)) throw refuse('The notes must be an array.', 'notes')
  const pairs = Object.entries(notes as object)
  if (pairs.length > 15) throw refuse('Number of fields in notes should be less than or equal to 15', 'notes')
  return Object.fromEntries(
    pairs.map(([name, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
        throw refuse('Notes validation failed', 'notes')
      if (name.length > 256 || String(value).length > most) throw refuse(tooLong, 'notes')
      return [name, String(value)]
    }),
  )
}
