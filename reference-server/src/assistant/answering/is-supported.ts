import { normalise } from '../language/normalise.js'
import type { Citation } from './citation.js'

/** Of the longer words of a sentence, so many must stand in what it cites. */
const SUPPORTED = 0.6
/** Words without which a sentence says the opposite: who leaves one out, or puts one in, says something else. */
const NEGATIONS = wordSet(
  "no not never none nor without cannot can't don't doesn't isn't aren't won't didn't wasn't nahi nahin mat नहीं नही न मत बिना sin nunca ni pas sans nicht kein keine ohne",
)
/** Words that are as much of a fact as a figure is. */
const FIGURES = wordSet(
  'one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand lakh crore half double twice free always only all every any guaranteed guarantee unlimited discount refund',
)
/** Words that hold a statement to something: who leaves all of them out says more than is written. */
const CONDITIONS = wordSet(
  'only except unless until if within provided sirf keval agar सिर्फ केवल अगर यदि solo salvo excepto si seulement sauf nur wenn außer falls',
)
const NUMBER = /\p{Nd}[\p{Nd}.,]*\p{Nd}|\p{Nd}/gu
const ADDRESS = /https?:\/\/\S+|\S+@\S+/g
const WORD = /[\p{L}\p{M}']+/gu

/** Whether a sentence stands in its quotes word for word, from the beginning of one of theirs to its end: what follows may be a condition. */
export function isVerbatim(text: string, proofs: readonly Citation[]): boolean {
  const said = plain(text)
  return proofs.some(({ quote }) => {
    const quoted = plain(quote)
    const at = quoted.indexOf(said)
    if (at < 0) return false
    const isWhole =
      /[.!?:।॥。！？]["')]{0,3}$/.test(said) ||
      /^["')]{0,3} *(?:[.!?:।॥。！？\n]|$)/.test(quoted.slice(at + said.length))
    return isWhole && (at === 0 || /[.!?:।॥。！？]["')]{0,3} ?$/.test(quoted.slice(0, at)))
  })
}

/** Whether numbers, addresses, negations and most words of a sentence stand in its quotes. */
export function isSupported(text: string, proofs: readonly Citation[]): boolean {
  if (isVerbatim(text, proofs)) return true
  const quoted = plain(proofs.map(({ quote }) => quote).join(' '))
  const said = plain(text)
  const [saidWords, quotedWords] = [wordsIn(said), new Set(wordsIn(quoted))]
  const figures = [...numbersIn(said), ...(said.match(ADDRESS) ?? []), ...saidWords.filter((word) => FIGURES.has(word))]
  const known = new Set<string>([...numbersIn(quoted), ...(quoted.match(ADDRESS) ?? []), ...quotedWords])
  if (!figures.every((figure) => known.has(figure))) return false
  // Each quote for itself: a denial in one of them is none of what another says.
  if (proofs.some(({ quote }) => isDenial(wordsIn(plain(quote))) !== isDenial(saidWords))) return false
  if (!isConditional(saidWords) && proofs.every(({ quote }) => isConditional(wordsIn(plain(quote))))) return false
  const longer = saidWords.filter((word) => word.length >= 4)
  // A sentence of short words only, or in a script of short ones, has to prove itself by these.
  const words = longer.length >= 2 ? longer : saidWords
  return words.length > 0 && words.filter((word) => quotedWords.has(word)).length >= SUPPORTED * words.length
}

function isDenial(words: readonly string[]): boolean {
  return words.some((word) => NEGATIONS.has(word))
}

function isConditional(words: readonly string[]): boolean {
  return words.some((word) => CONDITIONS.has(word))
}

function plain(text: string): string {
  return normalise(text).toLowerCase()
}

function wordsIn(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.replace(/^'|'$/g, '')).filter((word) => word !== '')
}

/** Figures as they are compared: 1,499 is 1499, and 6 is no part of 6,999. */
function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((number) => number.replaceAll(',', ''))
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
