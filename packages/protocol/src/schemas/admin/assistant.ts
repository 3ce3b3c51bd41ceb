import * as z from 'zod/mini'

/** What an organization has its model do (B8), and what there is of one. */
export const assistantSettings = z.object({
  /** Whether answers, drafts and summaries are put in words by the server's model; else they are the knowledge base's own words. */
  writesWithModel: z.boolean(),
  /** The server's model; null: it has none, and nothing is written by one whatever the organization wants. */
  model: z.nullable(z.string()),
  /** In tokens, prompts and completions together, of all answers; a day is one by UTC. Null where there is no model. */
  budgets: z.nullable(z.object({ perConversation: z.int(), perDay: z.int() })),
})

/** Answer of `GET` and `PATCH /api/chat-widget/assistant`. */
export const assistantSettingsResponse = z.object({ assistant: assistantSettings })

/** `PATCH /api/chat-widget/assistant`. */
export const updateAssistantRequest = z.strictObject({ writesWithModel: z.boolean() })
