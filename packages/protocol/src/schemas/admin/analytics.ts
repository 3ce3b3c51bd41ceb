import * as z from 'zod/mini'

const DAY_MS = 24 * 3_600_000
/** Most days that one question may span. */
const DAYS = 366

/** A day that a database can hold. */
const day = z.iso.date().check(z.regex(/^[12]/, 'must be a day of our times'))

/** Query of `GET /api/chat-widget/widgets/:id/analytics`: both days included; by default the last 30. */
export const analyticsQuery = z.strictObject({ from: z.optional(day), to: z.optional(day) }).check(
  z.refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['from'],
    error: 'together with to, or neither',
  }),
  z.refine(
    ({ from, to }) => {
      if (from === undefined || to === undefined) return true
      const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
      return days >= 0 && days < DAYS
    },
    { path: ['to'], error: `not before from, and at most ${DAYS} days` },
  ),
)

const count = z.int()

/** What was counted of a widget on one day. Sums, so that days can be added up. */
export const widgetDay = z.object({
  date: z.iso.date(),
  conversations: count,
  completed: count,
  abandoned: count,
  spam: count,
  visitorMessages: count,
  agentMessages: count,
  assistantMessages: count,
  /** Conversations that were answered, and how long their visitors waited together. */
  firstResponses: count,
  firstResponseMs: count,
  leads: count,
  leadsConverted: count,
  handoffs: z.object({ email: count, phone: count, assistant: count }),
  appointments: count,
  ratings: count,
  ratingSum: count,
  helpful: count,
  notHelpful: count,
  /** Answers of the assistant that rest on an entry, and how sure they were together. */
  answers: count,
  confidenceSum: z.number(),
  /** Questions without an answer. */
  unanswered: count,
})

/** Answer of `GET …/analytics`, ascending; a day on which nothing was counted is left out. */
export const analyticsResponse = z.object({ from: z.iso.date(), to: z.iso.date(), days: z.array(widgetDay) })
