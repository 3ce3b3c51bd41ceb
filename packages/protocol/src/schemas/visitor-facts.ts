import * as z from 'zod/mini'
import { serverId, slug } from './entities.js'
import { lineOf, wordsOf } from './text.js'

/** What a page says of its visitor. Claims, all of it: kept with the session, shown as such, and nobody is ever found by them. */
export const visitorTraits = z.object({
  name: z.optional(lineOf(100)),
  email: z.optional(lineOf(254)),
  phone: z.optional(lineOf(40)),
  /** The site's own, at most 20. */
  custom: z.optional(
    z
      .record(z.string().check(z.regex(/^[A-Za-z][\w.-]{0,63}$/)), z.union([wordsOf(500), z.number(), z.boolean()]))
      .check(z.refine((fields) => Object.keys(fields).length <= 20, { error: 'at most 20 fields' })),
  ),
})

/** What a site has signed of a user's account, by names of its own: the claim `account` of their JWT (S16). */
export const visitorAccount = z
  .record(z.string().check(z.regex(/^[a-z][a-z0-9_]{0,39}$/)), z.union([lineOf(100, 0), z.number(), z.boolean()]))
  .check(z.refine((items) => Object.keys(items).length <= 10, { error: 'at most 10 items' }))

/** What a visitor has answered to the widget's form, by the ids of its fields. What the form asks, the server knows (V2). */
export const formAnswers = z.object({
  answers: z
    .record(slug, z.union([wordsOf(2_000), z.boolean()]))
    .check(z.refine((answers) => Object.keys(answers).length <= 12, { error: 'at most 12 answers' })),
  /** The text that the visitor has agreed to, as they were shown it; absent: they have not. */
  consent: z.optional(wordsOf(500, 1)),
})

/** A language as browsers name it: `pt-BR`. */
export const locale = z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z\d]{2,8}){0,3}$/))

/** What a client says of its visitor; what is absent stays as it is (V1). */
export const visitorFacts = z.object({
  traits: z.optional(visitorTraits),
  form: z.optional(formAnswers),
  /** One that the widget offers; null: none. */
  departmentId: z.optional(z.nullable(serverId)),
  locale: z.optional(locale),
})
