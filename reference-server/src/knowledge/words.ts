/** No word is longer: what is, is nothing that somebody asks for. */
const MOST_CHARACTERS = 64
/** Kept whole, since its parts mean something else. No longer than one can be. */
const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu
/** Where a number of a case, an order or a form may be: kept whole as well. */
const CONNECTED = /[\p{L}\p{N}/_.-]+/gu
/** Scripts without spaces. */
const RUN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[\p{L}\p{M}\p{N}]+/gu
const ALONE = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/
/**
 * Characters that nobody sees, and that hide words from a reader or from a filter: without a width, of writing direction,
 * fillers, and those that say a text once more in tags or in variants.
 */
export const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ufe00-\ufe0f]|\u034f/gu

/** As words are compared: without marks over Latin letters, in lower case. */
export function foldText(text: string): string {
  return text
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
}

/** Words of a text, and what stands in it whole. */
export interface WordsOfText {
  /** In their order. Of a script without spaces, each two characters that are neighbours. */
  words: string[]
  /** Addresses and numbers such as `a-1023`. */
  wholes: string[]
}

/** Takes a text apart. Wholes are found first: a parser of words makes of `#A-1023` a negative number. */
export function wordsOf(text: string): WordsOfText {
  const folded = foldText(text)
  const wholes = [...folded.matchAll(ADDRESS)].map(([address]) => address)
  const rest = folded.replace(ADDRESS, ' ')
  for (const [connected] of rest.matchAll(CONNECTED)) wholes.push(...numbersIn(connected))
  const words = [...rest.matchAll(RUN)].flatMap(([run]) =>
    ALONE.test(run) ? pairsOf(run) : run.slice(0, MOST_CHARACTERS),
  )
  return { words, wholes: wholes.map((whole) => whole.slice(0, MOST_CHARACTERS)) }
}

/** Words that single marks connect, and of which one has a digit. */
function numbersIn(connected: string): string[] {
  return connected
    .split(/[-/_.]{2,}/)
    .map((part) => part.replace(/^[-/_.]|[-/_.]$/g, ''))
    .filter((part) => /[-/_.]/.test(part) && /\p{N}/u.test(part))
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
