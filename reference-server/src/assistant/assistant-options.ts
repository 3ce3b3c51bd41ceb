import type { AnswerProvider } from './provider/answer-provider.js'
import type { ModelPrices } from './writing/model-prices.js'
import type { UsageBudgets } from './writing/usage-budgets.js'

/** A model behind any server that speaks OpenAI's Chat Completions, or its Embeddings. */
export interface ModelOptions {
  /** With its version. Default: `https://api.openai.com/v1`. */
  baseUrl?: string | undefined
  /** Without one, none is sent. */
  apiKey?: string | undefined
  model: string
}

/** A model by which knowledge is found that has none of a question's words. */
export interface EmbeddingOptions extends ModelOptions {
  /**
   * From this cosine on, 0 to 1, an entry is suggested whatever words it has: which one is right depends on the model. Never is
   * anything answered for it alone. Default: how sure a search is, its words alone say.
   */
  atLeast?: number | undefined
}

/** Which models serve the assistant, and how much they may cost. */
export interface AssistantOptions {
  /** Puts answers in words: a model, or whatever else writes; its drafts are checked all the same, and it is told no personal data. */
  provider?: ModelOptions | AnswerProvider | undefined
  /** Finds entries by what they mean, beside their words. Without it, what is found and what is sent to whom is as ever. */
  embeddings?: EmbeddingOptions | undefined
  /** In tokens, of both models. What is not given keeps its default. */
  budgets?: Partial<UsageBudgets> | undefined
  /** What models cost, by their names, so that answers are kept with their cost. Without one of its own a model has none. */
  prices?: ModelPrices | undefined
}

/** Where a model is of which nobody has said it. */
export const OPENAI = 'https://api.openai.com/v1'
