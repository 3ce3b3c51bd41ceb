/** Shorter ones are too easily another word. */
const SHORTEST = 4
/** As pg_trgm measures: of the trigrams of both, the share that they have in common. */
const ENOUGH = 0.5

/** A word that a widget's entries hold, and in how many chunks. */
export interface KnownWord {
  word: string
  chunks: number
}

/** Whether a word that no entry holds may be a known one, mistyped: one with a digit is a number of something. */
export function mayBeMistyped(word: string): boolean {
  return word.length >= SHORTEST && !/\p{N}/u.test(word)
}

/**
 * The known word that is nearest to one that is not known: half of their trigrams in common, or one slip of the fingers
 * in a word of five letters or more, which costs a short word most of its trigrams. Of two that are as near, the commoner.
 */
export function nearestWord(word: string, known: readonly KnownWord[]): string | undefined {
  let best: { word: string; near: number; chunks: number } | undefined
  const own = trigramsOf(word)
  for (const candidate of known) {
    const lengths = [word.length, candidate.word.length]
    // A word has about as many trigrams as letters: those of one that is much longer or shorter are not worth being built.
    if (Math.min(...lengths) < ENOUGH * Math.max(...lengths)) continue
    const near = Math.max(similarity(own, trigramsOf(candidate.word)), isOneSlipAway(word, candidate.word) ? 0.6 : 0)
    if (near < ENOUGH) continue
    if (!best || near > best.near || (near === best.near && candidate.chunks > best.chunks))
      best = { word: candidate.word, near, chunks: candidate.chunks }
  }
  return best?.word
}

/** Two blanks before a word and one behind, as pg_trgm has it. */
function trigramsOf(word: string): Set<string> {
  const padded = `  ${word} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)))
}

function similarity(one: Set<string>, other: Set<string>): number {
  let common = 0
  for (const trigram of one) if (other.has(trigram)) common++
  return common / (one.size + other.size - common)
}

/** A letter too many, too few, wrong, or two neighbours that have changed places. */
function isOneSlipAway(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < 5 || Math.abs(one.length - other.length) > 1) return false
  let from = 0
  while (from < one.length && one[from] === other[from]) from++
  const [rest, otherRest] = [one.slice(from), other.slice(from)]
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  )
}
