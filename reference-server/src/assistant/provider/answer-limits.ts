/** What one answer may cost, in tokens. */
export interface AnswerLimits {
  promptTokens: number
  completionTokens: number
}

/** Of an organization that has said nothing. */
export const DEFAULT_LIMITS: AnswerLimits = { promptTokens: 6_000, completionTokens: 400 }

const CHARACTERS_PER_TOKEN = 4

/** About so many tokens a text is; for scripts other than Latin it is too few, so what a provider says goes before it. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN)
}

/** So many characters fit. */
export function charactersIn(tokens: number): number {
  return tokens * CHARACTERS_PER_TOKEN
}
