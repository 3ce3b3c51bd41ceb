import * as z from 'zod/mini'

/** A web address that is safe to follow: `http` or `https` only. */
export const webUrl = z.url({ protocol: /^https?$/ }).check(z.maxLength(2048), z.regex(/^[^\p{Cc}\p{Cs}]*$/u))
