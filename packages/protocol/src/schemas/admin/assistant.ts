import * as z from 'zod/mini'

/** What a model costs, per million tokens, in units of a currency by ISO 4217. */
export const modelPrice = z.object({ prompt: z.number(), completion: z.number(), currency: z.string() })

/** Whether an organization has the server's models work for it (B8), and which there are. */
export const assistantSettings = z.object({
  /**
   * Whether answers, drafts and summaries are put in words by the server's model, and knowledge is found by its meaning; else all is
   * made of the knowledge base's own words, and nothing is sent to any model.
   */
  usesModels: z.boolean(),
  /** The server's model; null: it has none, and nothing is written by one whatever the organization wants. */
  model: z.nullable(z.string()),
  /** The server's model for embeddings (B16); null: it has none. */
  embeddingModel: z.nullable(z.string()),
  /** In tokens, prompts and completions together, of both models; a day is one by UTC. Null where there is no model. */
  budgets: z.nullable(z.object({ perConversation: z.int(), perDay: z.int() })),
  /** Of that model from now on; null: nobody has set one. */
  price: z.nullable(modelPrice),
})

/** Answer of `GET` and `PATCH /api/chat-widget/assistant`. */
export const assistantSettingsResponse = z.object({ assistant: assistantSettings })

/** `PATCH /api/chat-widget/assistant`. */
export const updateAssistantRequest = z.strictObject({ usesModels: z.boolean() })

/** What one model was asked on one day by UTC, at prices in one currency. */
export const assistantUsageDay = z.object({
  day: z.iso.date(),
  model: z.string(),
  /** How often it was asked: for an answer, a draft, a summary, or vectors. */
  requests: z.int(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  /** In millionths of a unit of the currency, at the price of each moment; null: no price was set then. */
  cost: z.nullable(z.object({ micro: z.int(), currency: z.string() })),
})

/** Answer of `GET /api/chat-widget/assistant/usage`, the latest day first; its query is that of the analytics. */
export const assistantUsageResponse = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  usage: z.array(assistantUsageDay),
})
