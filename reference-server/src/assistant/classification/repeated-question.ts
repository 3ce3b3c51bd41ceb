import { englishStem } from '../language/english-stem.js'
import { wordsOf } from '../language/words.js'

/** Of the words of both, so many must be in both. */
const ALIKE = 0.6
/** Shorter texts are alike only if they are the same. */
const FEWEST_WORDS = 3

/** Whether a message asks what one of the earlier ones has asked, in much the same words. */
export function isRepeated(text: string, earlier: readonly string[]): boolean {
  const words = stemsOf(text)
  return words.size > 0 && earlier.some((other) => areAlike(words, stemsOf(other)))
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length
  const all = one.size + other.size - shared
  return Math.min(one.size, other.size) < FEWEST_WORDS
    ? shared === all && all >= FEWEST_WORDS - 1
    : shared / all >= ALIKE
}

function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).map(englishStem))
}
