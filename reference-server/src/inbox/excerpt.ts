/** Characters before the first word that was found, and of the whole excerpt. */
const BEFORE = 40
const LENGTH = 160

/** What a search shows of a text: plain text, never a page. */
export interface Excerpt {
  excerpt: string
  /** Where words stand in it: from, to, in UTF-16 code units. */
  ranges: [number, number][]
}

/** Scripts without spaces, of which each character is a word, and what parts words in the others: as in `search_text` (0024). */
const ALONE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/
const BETWEEN =
  /[\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u2bff\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\ufffd]/

/** As a word is compared: without marks over Latin letters, in lower case. */
function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
}

/** Every word of a text, with its place. */
function wordsIn(text: string): { word: string; from: number; to: number }[] {
  const words: { word: string; from: number; to: number }[] = []
  let from: number | undefined
  const end = (to: number) => {
    if (from !== undefined) words.push({ word: fold(text.slice(from, to)), from, to })
    from = undefined
  }
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (ALONE.test(character)) {
      end(index)
      words.push({ word: fold(character), from: index, to: index + 1 })
    } else if (BETWEEN.test(character)) end(index)
    else from ??= index
  }
  end(text.length)
  return words
}

/** The part of a text where the words of a search stand, the last of them as a beginning. Without any: its beginning. */
export function excerptOf(text: string, wanted: string): Excerpt {
  const line = text.replace(/\s/g, ' ')
  const sought = wordsIn(wanted).map(({ word }) => word)
  const last = sought.pop()
  const found = wordsIn(line).filter(
    ({ word }) => sought.includes(word) || (last !== undefined && word.startsWith(last)),
  )
  const start = startOf(line, found[0]?.from ?? 0)
  const cut = cutAt(line, start + LENGTH)
  const before = start > 0 ? '…' : ''
  const shift = before.length - start
  const ranges = found.filter(({ to }) => to <= cut).map(({ from, to }): [number, number] => [from + shift, to + shift])
  return { excerpt: `${before}${line.slice(start, cut)}${cut < line.length ? '…' : ''}`, ranges }
}

/** A little before what was found, at the beginning of a word if there is one. */
function startOf(line: string, found: number): number {
  if (found <= BEFORE) return 0
  const space = line.indexOf(' ', found - BEFORE)
  return space >= 0 && space < found ? space + 1 : cutAt(line, found - BEFORE)
}

/** No pair of surrogates is cut in two. */
function cutAt(line: string, at: number): number {
  if (at >= line.length) return line.length
  return /[\udc00-\udfff]/.test(line.charAt(at)) ? at - 1 : at
}
