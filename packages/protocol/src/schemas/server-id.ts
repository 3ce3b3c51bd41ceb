import * as z from 'zod/mini'

/** An id that the server made: UUID version 7, in lower case, because ids are compared as text. */
export const serverId = z.uuid().check(z.lowercase())
