import { DEVANAGARI_ELSEWHERE, ELSEWHERE, ENGLISH, HINGLISH } from './language-words.js'
import { wordsOf } from './words.js'

/** What the assistant tells apart. Hinglish is Hindi in Latin letters; all else is `unknown`, and treated as such. */
export type Language = 'en' | 'hi' | 'hinglish' | 'unknown'

/** Endings of English words; enough for a question of two nouns. */
const ENGLISH_ENDING = /(?:tion|sion|ment|ness|ing|ity|ship|able|ance|ence|ies|ed|ly|al|er)$/

/** Languages of India mix: English words in a Hindi sentence leave it Hindi, if this share of its words is. */
const HINDI_SHARE = 0.2
/** Of the words of a text, so many must be known for it to be English. */
const ENGLISH_SHARE = 0.25

/** Tells the language of one message by its script and its frequent words. */
export function detectLanguage(text: string): Language {
  const words = wordsOf(text).filter((word) => /\p{L}/u.test(word))
  if (words.length === 0) return 'unknown'
  const devanagari = words.filter((word) => /\p{Script=Devanagari}/u.test(word))
  if (devanagari.length / words.length > HINDI_SHARE) return isHindi(devanagari) ? 'hi' : 'unknown'
  const latin = words.filter((word) => /^[\p{Script=Latin}\d]+$/u.test(word))
  return latin.length / words.length < 0.5 ? 'unknown' : inLatinLetters(latin)
}

function isHindi(words: string[]): boolean {
  return count(words, DEVANAGARI_ELSEWHERE) / words.length < 0.25
}

function inLatinLetters(words: string[]): Language {
  const english = count(words, ENGLISH)
  const hinglish = count(words, HINGLISH)
  const elsewhere = count(words, ELSEWHERE)
  if (hinglish > elsewhere && hinglish / words.length >= HINDI_SHARE && (hinglish > 1 || english < 2)) return 'hinglish'
  if (elsewhere > english) return 'unknown'
  const likely = words.filter((word) => ENGLISH.has(word) || (word.length > 4 && ENGLISH_ENDING.test(word))).length
  return likely / words.length >= ENGLISH_SHARE ? 'en' : 'unknown'
}

function count(words: string[], known: ReadonlySet<string>): number {
  return words.filter((word) => known.has(word)).length
}
