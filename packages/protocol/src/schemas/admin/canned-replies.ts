import * as z from 'zod/mini'
import { unknownVariables } from '../../reply-variables.js'
import { serverId, timestamp } from '../entities.js'
import { languageTag, lineOf, messageText } from '../text.js'

/** Words with variables (D4): a name in double braces that is none is refused when it is written, not when it is used. */
export const replyText = messageText.check(
  z.refine((text: string) => unknownVariables(text).length === 0, {
    error: ({ input }) => `there is no variable {{${unknownVariables(String(input))[0]}}}`,
  }),
)

/** What is typed behind `/`: letters, digits, `-` and `_`, kept in lower case. */
const shortcut = z.pipe(
  z.string().check(z.maxLength(32)),
  z.pipe(
    z.transform((text: string) => text.trim().normalize('NFC').toLowerCase()),
    z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u, 'must be letters, digits, - or _')),
  ),
)

const title = lineOf(100)

/** `POST /api/chat-widget/canned-replies`. */
export const createCannedReplyRequest = z.strictObject({
  shortcut,
  title,
  text: replyText,
  /** Whose it is, before others; null: everybody's. */
  departmentId: z.optional(z.nullable(serverId)),
  /** Null: for whatever language has no variant of its own. */
  language: z.optional(z.nullable(languageTag)),
})

/** `PATCH /api/chat-widget/canned-replies/:id`: what is absent stays. */
export const updateCannedReplyRequest = z.strictObject({
  shortcut: z.optional(shortcut),
  title: z.optional(title),
  text: z.optional(replyText),
  departmentId: z.optional(z.nullable(serverId)),
  language: z.optional(z.nullable(languageTag)),
})

/** Words that a team says often; those of one shortcut are each other's variants. */
export const cannedReply = z.object({
  id: serverId,
  shortcut: z.string(),
  title: z.string(),
  text: z.string(),
  departmentId: z.nullable(serverId),
  language: z.nullable(z.string()),
  updatedAt: timestamp,
})

/** Answers of `/api/chat-widget/canned-replies`, by shortcut. */
export const listCannedRepliesResponse = z.object({ replies: z.array(cannedReply) })
export const cannedReplyResponse = z.object({ reply: cannedReply })
