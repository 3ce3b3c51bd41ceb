import * as z from 'zod/mini'

/** A whole number in a query string. */
export const integerInQuery = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/, 'must be a whole number')),
  z.transform((digits: string) => Number(digits)),
)
