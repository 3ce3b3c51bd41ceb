/** For so long at most an agent may say that they will be away, in milliseconds: what is further ahead is no break (L5). */
export const LONGEST_AWAY_MS = 12 * 60 * 60_000
