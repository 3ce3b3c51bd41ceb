import * as z from 'zod/mini'
import { messageText } from './text.js'
import { timeOfDay, timeZone } from './time.js'

/** From `from` until before `to`, over midnight where that is the earlier one, by the clock of `timeZone` (N4). */
export const quietHours = z
  .object({ from: timeOfDay, to: timeOfDay, timeZone })
  .check(z.refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from from' }))

/** What a widget says, and when, to a visitor who does not answer (N2). */
export const followUp = z.object({
  /** At most 30 days. */
  afterMinutes: z.int().check(z.minimum(1), z.maximum(30 * 24 * 60)),
  text: messageText,
  quietHours: z.optional(quietHours),
})
