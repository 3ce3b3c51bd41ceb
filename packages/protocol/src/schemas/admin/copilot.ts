import * as z from 'zod/mini'
import { conversationStatus, serverId } from '../entities.js'

/** An entry of the knowledge base. */
export const copilotSource = z.object({
  id: serverId,
  question: z.string(),
  /** Where it is to be read in full. */
  url: z.nullable(z.string()),
})

/** A reply that a member may send, change or leave (B9). It is nobody's word until they have sent it. */
export const copilotDraft = z.object({
  /**
   * How sure the search is: `high`: `text` is a reply · `middle`: `suggestions` may help · `low`: nothing is known. Null: the
   * visitor has asked nothing.
   */
  band: z.nullable(z.enum(['high', 'middle', 'low'])),
  /** What it replies to, in the visitor's words. */
  question: z.nullable(z.string()),
  text: z.nullable(z.string()),
  /** Whose words `text` is: the entry's own, or a model's that the entries bear out. */
  writtenBy: z.nullable(z.enum(['knowledge', 'model'])),
  /** A model would have written it, and the organization has that switched off. */
  modelOff: z.optional(z.literal(true)),
  /** What `text` rests on, the first first. */
  sources: z.array(copilotSource),
  /** Entries to choose from, the best first, each with what it says. */
  suggestions: z.array(z.object({ ...copilotSource.shape, answer: z.string() })),
})

/** Answer of `POST /api/chat-widget/conversations/:id/copilot/draft`. */
export const copilotDraftResponse = z.object({ draft: copilotDraft })

/** What stands in a conversation since it was last over (B10). Words are cut to some hundred characters. */
export const copilotSummary = z.object({
  /** A few sentences of a model's that the messages bear out; null: nobody has written any. */
  words: z.nullable(z.string()),
  /** A model would have written some, and the organization has that switched off. */
  modelOff: z.optional(z.literal(true)),
  status: conversationStatus,
  /** How many messages the rest is drawn from. */
  messages: z.int(),
  /** What was asked first; null: nothing. */
  firstQuestion: z.nullable(z.string()),
  /** What was asked last; null: nothing, or nothing after the first. */
  lastQuestion: z.nullable(z.string()),
  /** The last answers, in their order: of the team, and of the assistant where one rests on the knowledge base. */
  answers: z.array(z.object({ by: z.enum(['agent', 'assistant']), name: z.nullable(z.string()), text: z.string() })),
  /** What was asked and is not answered, in its order. */
  open: z.array(z.string()),
  /** Why the assistant handed over last, and by which rule; null: it has not. */
  handedOver: z.nullable(z.object({ rule: z.string(), reason: z.string() })),
  /** What the assistant's answers rest on. */
  sources: z.array(copilotSource),
  /** What the visitor has said of themselves; claims, all of it (V1). */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
})

/** Answer of `POST /api/chat-widget/conversations/:id/copilot/summary`. */
export const copilotSummaryResponse = z.object({ summary: copilotSummary })
