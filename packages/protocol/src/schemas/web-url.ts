import * as z from 'zod/mini'
import { cleanText } from './text.js'

/** A web address that is safe to follow, `http` or `https` only, and to store. */
export const webUrl = z.url({ protocol: /^https?$/ }).check(
  z.maxLength(2048),
  z.refine((url) => cleanText(url) === url),
)
