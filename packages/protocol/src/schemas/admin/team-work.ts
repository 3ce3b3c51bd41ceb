import * as z from 'zod/mini'
import { conversationSummary, priority, seq, serverId, timestamp } from '../entities.js'
import { lineOf, wordsOf } from '../text.js'

/** `POST …/conversations/:id/assign`: to whom; absent: to oneself. */
export const assignConversationRequest = z.strictObject({
  agentId: z.optional(serverId),
  /** Who has it as far as the caller knows, null for nobody: if it is somebody else by now, nothing is changed (C15). */
  expectedAgentId: z.optional(z.nullable(serverId)),
})

/** `POST …/conversations/:id/release`: back to the queue; `departmentId` names whose, absent: that of the conversation. */
export const releaseConversationRequest = z.strictObject({ departmentId: z.optional(z.nullable(serverId)) })

/** Answer of what moves a conversation: as it stands now. */
export const movedConversationResponse = z.object({
  /** `taken`: somebody else had it by then, and nothing was changed. */
  outcome: z.enum(['done', 'taken']),
  conversation: conversationSummary,
})

/** `PATCH …/conversations/:id`: what is absent stays. */
export const updateConversationRequest = z.strictObject({
  priority: z.optional(priority),
  /** All that it shall have. */
  tagIds: z.optional(z.array(serverId).check(z.maxLength(20))),
  /** Null wakes it. */
  snoozedUntil: z.optional(z.nullable(timestamp)),
})

/** Answer of `PATCH …/conversations/:id`. */
export const conversationSummaryResponse = z.object({ conversation: conversationSummary })

/** What members say among themselves, behind the event `afterSeq`. */
export const note = z.object({
  id: serverId,
  conversationId: serverId,
  /** Null: they are gone. */
  author: z.object({ id: z.nullable(serverId), name: z.string() }),
  text: z.string(),
  /** Members whom it names. */
  mentions: z.array(serverId),
  afterSeq: seq,
  createdAt: timestamp,
})

/** `POST …/conversations/:id/notes`. The same `id` again is the same note. */
export const createNoteRequest = z.strictObject({
  id: serverId,
  text: wordsOf(5000, 1),
  mentions: z.optional(z.array(serverId).check(z.maxLength(20))),
})

/** Answers of `…/conversations/:id/notes`. */
export const listNotesResponse = z.object({ notes: z.array(note) })
export const noteResponse = z.object({ note })

/** A word by which a team sorts its conversations. */
export const tag = z.object({ id: serverId, name: z.string(), createdAt: timestamp })

const name = lineOf(40)

/** `POST /api/chat-widget/tags`, and `PATCH …/tags/:id`. */
export const tagRequest = z.strictObject({ name })

/** Answers of `/api/chat-widget/tags`, by name. */
export const listTagsResponse = z.object({ tags: z.array(tag) })
export const tagResponse = z.object({ tag })
