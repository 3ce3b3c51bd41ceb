import { normalise } from '../language/normalise.js'
import { type Draft, draftOf } from './check-citations.js'
import type { Citation, Passage } from './citation.js'
import { isInstructionLike } from './instruction-like.js'
import { isSupported } from './is-supported.js'
import { sentencesOf } from './sentences.js'

/** A sentence may put together so many of a passage's. */
const MOST_QUOTES = 3

/**
 * A draft from prose that cites whole passages, as `[2]`. The quotes are found here, among the passage's own sentences: an author could
 * only make them up. What cites no passage of this turn gets no citation.
 */
export function draftFromProse(prose: string, passages: readonly Passage[]): Draft {
  const citations: Citation[] = []
  const { sentences } = draftOf(withSingleMarks(prose), [])
  const cited = sentences.map(({ text, cites }) => {
    const found = [...new Set(cites)].flatMap((place) => {
      const passage = passages[place]
      return passage ? quotesFor(text, passage) : []
    })
    citations.push(...found)
    return { text, cites: found.map((_, index) => citations.length - found.length + index) }
  })
  return { sentences: cited, citations }
}

/** Marks as `draftOf` knows them; models write them in several ways. */
function withSingleMarks(prose: string): string {
  return prose
    .replace(/【(\d{1,2})[^】\n]{0,20}】/g, '[$1]')
    .replace(/\[(?:\^|passage |source )(\d{1,2})\]/gi, '[$1]')
    .replace(/\[(\d{1,2}(?:[ ]?[,;&][ ]?\d{1,2}){1,8})\]/g, (_, numbers: string) =>
      (numbers.match(/\d+/g) ?? []).map((number) => `[${number}]`).join(''),
    )
}

/**
 * The sentences of a passage that bear out what is said: the nearest one, or so many as it takes. A passage that speaks to a machine
 * anywhere proves nothing: what it orders stands in the sentence beside.
 */
function quotesFor(said: string, passage: Passage): Citation[] {
  const words = wordsOf(said)
  const { docId, chunkId, title, url } = passage
  const nearest = quotablesOf(passage)
    .map(({ quote, words: quoted }, place) => ({ quote, place, shared: sharedWords(words, quoted) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.place - b.place)
    .slice(0, MOST_QUOTES)
    .map(({ quote }): Citation => ({ docId, chunkId, title, url, quote }))
  for (let count = 1; count <= nearest.length; count++)
    if (isSupported(said, nearest.slice(0, count))) return nearest.slice(0, count)
  // Enough to show what it was held against; it will be dropped as unsupported.
  return nearest.slice(0, 1)
}

interface Quotable {
  quote: string
  words: ReadonlySet<string>
}

/** A passage is read once, however many sentences of a stream are held against it. */
const read = new WeakMap<Passage, readonly Quotable[]>()

function quotablesOf(passage: Passage): readonly Quotable[] {
  const known = read.get(passage)
  if (known) return known
  const { title, text, of } = passage
  const speaksToMachine = isInstructionLike(title) || isInstructionLike(text)
  // An item is said whole or not at all.
  const sentences = of === 'account' ? [text] : sentencesOf(text)
  const quotables = speaksToMachine ? [] : sentences.map((quote) => ({ quote, words: wordsOf(quote) }))
  read.set(passage, quotables)
  return quotables
}

function sharedWords(words: ReadonlySet<string>, quoted: ReadonlySet<string>): number {
  let shared = 0
  for (const word of words) if (quoted.has(word)) shared++
  // Of two that share as much, the shorter one says less besides.
  return shared / (1 + Math.log1p(quoted.size))
}

function wordsOf(text: string): Set<string> {
  return new Set(
    normalise(text)
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? [],
  )
}
