import * as z from 'zod/mini'

/** Query of `/api/mail/stop`; programs on a mail's way add what they like. */
export const stopMailQuery = z.object({
  /** Whom, signed. */
  to: z.string().check(z.maxLength(300)),
  language: z.optional(z.string().check(z.maxLength(35))),
})
