/** What is being typed to find a canned reply. */
export interface ReplyTrigger {
  /** Where its `/` stands. */
  from: number
  /** What stands between that and the caret. */
  query: string
}

/** A `/` at the beginning of a word, and what of a shortcut stands behind it, up to the caret; null: none is being typed. */
export function findTrigger(text: string, caret: number): ReplyTrigger | null {
  const match = /(?:^|\s)\/([\p{L}\p{M}\p{N}_-]{0,32})$/u.exec(text.slice(0, caret))
  if (!match) return null
  const query = match[1] ?? ''
  return { from: caret - query.length - 1, query }
}
