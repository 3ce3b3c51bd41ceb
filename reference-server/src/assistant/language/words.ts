import { fold } from './normalise.js'

const WORD = /[\p{L}\p{M}\p{N}]+/gu
const INNER_APOSTROPHE = /(?<=[\p{L}\p{M}\p{N}])'(?=\p{L})/gu

/** The words of a text, folded, in their order. An apostrophe within a word is left out: `don't` is `dont`. */
export function wordsOf(text: string): string[] {
  return fold(text).replace(INNER_APOSTROPHE, '').match(WORD) ?? []
}
