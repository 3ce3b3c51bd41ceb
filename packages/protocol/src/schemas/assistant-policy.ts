import * as z from 'zod/mini'
import { lineOf } from './text.js'

const share = z.number().check(z.minimum(0), z.maximum(1))
/** Of signs alone it would be no word, and stand in no message. */
const keyword = lineOf(100).check(z.regex(/[\p{L}\p{N}]/u, 'has neither a letter nor a digit'))
const few = z.int().check(z.minimum(1), z.maximum(100))

/** When the assistant of a widget answers, and when it hands over to a person. Of the rules' names, see `SPEC.md` and the docs. */
export const assistantPolicy = z
  .strictObject({
    /** So sure it must be to answer, 0 to 1. */
    answerAt: share,
    /** So sure it must be to suggest what may help; below, it says that it does not know. */
    suggestAt: share,
    /** C1: so many turns that only suggest, one after another, are enough. */
    middleTurns: few,
    /** G1: so many turns that bring nobody further, one after another, are enough. */
    turnsWithoutProgress: few,
    /** E2: a mood at or below this one is bad, -1 to 1. */
    moodAt: z.number().check(z.minimum(-1), z.maximum(1)),
    /** E3: so many open tickets of a visitor are too many. */
    openTickets: few,
    /** E3: one is too many if it is older, in hours. */
    ticketHours: z.int().check(z.minimum(1), z.maximum(24 * 365)),
    /** L1: so probable it must be that a customer is to be won, above 0, to 1. */
    leadAt: z.number().check(z.minimum(0.01), z.maximum(1)),
    /** E4: words that call for a person at once, beside the built-in ones. */
    keywords: z.array(keyword).check(z.maxLength(200)),
    /** E4: whether fraud, lawyers, chargebacks and the like call for a person. Words about a life always do. */
    builtInKeywords: z.boolean(),
  })
  .check(
    z.refine(({ answerAt, suggestAt }) => suggestAt <= answerAt, {
      path: ['suggestAt'],
      error: 'must not be above answerAt',
    }),
  )

/** Of a widget that has said nothing. */
export const DEFAULT_ASSISTANT_POLICY: z.output<typeof assistantPolicy> = {
  answerAt: 0.6,
  suggestAt: 0.2,
  middleTurns: 2,
  turnsWithoutProgress: 4,
  moodAt: -0.5,
  openTickets: 2,
  ticketHours: 48,
  leadAt: 0.6,
  keywords: [],
  builtInKeywords: true,
}
