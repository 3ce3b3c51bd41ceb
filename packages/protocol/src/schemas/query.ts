import * as z from 'zod/mini'

/** What a column of whole numbers holds at most: a greater one would be no answer of the database, but an error. */
const GREATEST = 2 ** 31 - 1

/** A whole number in a query string. */
export const integerInQuery = z.pipe(
  z.string().check(
    z.regex(/^\d{1,15}$/, 'must be a whole number'),
    z.refine((digits) => Number(digits) <= GREATEST, `must be ${GREATEST} at most`),
  ),
  z.transform((digits: string) => Number(digits)),
)

/** How many rows a page may have, in a query string. */
export const limitInQuery = z.pipe(integerInQuery, z.int().check(z.minimum(1), z.maximum(100)))
