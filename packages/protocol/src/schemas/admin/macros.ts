import * as z from 'zod/mini'
import { conversationSummary, priority, serverId, timestamp } from '../entities.js'
import { lineOf } from '../text.js'
import { replyText } from './canned-replies.js'

/** One thing that a macro does with a conversation. */
export const macroAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), text: replyText }),
  z.strictObject({ type: z.literal('note'), text: replyText }),
  /** `me`: whoever runs it. */
  z.strictObject({ type: z.literal('assign'), agentId: z.union([z.literal('me'), serverId]) }),
  /** Null: to whose queue it belongs already. */
  z.strictObject({ type: z.literal('release'), departmentId: z.nullable(serverId) }),
  z.strictObject({ type: z.literal('priority'), priority }),
  z.strictObject({ type: z.literal('tag'), tagId: serverId }),
  z.strictObject({ type: z.literal('untag'), tagId: serverId }),
  /** From when it is run; at most 90 days. */
  z.strictObject({ type: z.literal('snooze'), minutes: z.int().check(z.minimum(1), z.maximum(129_600)) }),
  z.strictObject({ type: z.literal('end') }),
])

const name = lineOf(60)
const actions = z.array(macroAction).check(z.minLength(1), z.maxLength(10))

/** `POST /api/chat-widget/macros`. */
export const createMacroRequest = z.strictObject({ name, actions })

/** `PATCH /api/chat-widget/macros/:id`: what is absent stays. */
export const updateMacroRequest = z.strictObject({ name: z.optional(name), actions: z.optional(actions) })

/** What a team does often with a conversation, in one go (D6). */
export const macro = z.object({ id: serverId, name: z.string(), actions: z.array(macroAction), updatedAt: timestamp })

/** Answers of `/api/chat-widget/macros`, by name. */
export const listMacrosResponse = z.object({ macros: z.array(macro) })
export const macroResponse = z.object({ macro })

/** `POST /api/chat-widget/conversations/:id/macros/:macroId`. The same `runId` again is the same run. */
export const runMacroRequest = z.strictObject({ runId: serverId })

/** Answer of a run: how far it came, and the conversation as it stands now. */
export const macroRunResponse = z.object({
  outcome: z.enum(['done', 'stopped']),
  /** The first action that was refused; what stands before it was done, and what stands behind it was not. */
  stoppedAt: z.nullable(
    z.object({
      /** From 0. */
      index: z.int(),
      code: z.string(),
      message: z.string(),
    }),
  ),
  conversation: conversationSummary,
})
