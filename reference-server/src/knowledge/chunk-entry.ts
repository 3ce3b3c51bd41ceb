import type { KnowledgeEntry } from '@chatdesk/protocol'
import { wordsOf } from './words.js'

/** Words of a chunk of a long text, and how many of them begin the next one as well. */
const LENGTH = 180
const OVERLAP = 40

/** What of an entry is searched. */
export type Searchable = Pick<KnowledgeEntry, 'question' | 'phrasings' | 'answer' | 'category' | 'keywords'>

/** A part of an entry that is found by itself. */
export interface Chunk {
  place: number
  /** What it says, for whoever reads it. */
  text: string
  /** What it is found by: the entry's title before its own words. */
  words: string[]
  titleWords: string[]
  /** Of an entry that says how it is asked for: there words of grammar count too. */
  askedWords: string[]
  /** Less, the more other ways to ask there are: then the question is only one of them. */
  titleWeight: number
}

/** A word and where it ends in the text. */
const WORD = /\S+/g

/**
 * The chunks of an entry. All ways to ask, the keywords and the category stand in the first one: together they find more
 * than each alone. Each has the title, and the heading that it stands under, before its words.
 */
export function chunkEntry(entry: Searchable): Chunk[] {
  const title = found(entry.question)
  const phrasings = entry.phrasings.flatMap(found)
  const named = [entry.keywords.join(' '), entry.category].flatMap(found)
  return partsOf(entry.answer).map(({ text, heading }, place) => ({
    place,
    text,
    words: [...title, ...(place === 0 ? [...phrasings, ...named] : []), ...found(heading), ...found(text)],
    titleWords: [...new Set(title)],
    askedWords: place === 0 && phrasings.length > 0 ? [...new Set([...title, ...phrasings])] : [],
    titleWeight: 1 / (1 + entry.phrasings.length),
  }))
}

/** Whatever finds a text: its words, and what stands in it whole. */
function found(text: string): string[] {
  const { words, wholes } = wordsOf(text)
  return [...words, ...wholes]
}

/** A text in parts; of a short one, or none at all, one. The heading is that of the part's beginning, unless it is in it. */
function partsOf(text: string): { text: string; heading: string }[] {
  const words = [...text.matchAll(WORD)]
  const parts: { text: string; heading: string }[] = []
  for (let from = 0; from === 0 || from + OVERLAP < words.length; from += LENGTH - OVERLAP) {
    const begin = words[from]?.index ?? 0
    const end = words[from + LENGTH]?.index ?? text.length
    parts.push({ text: text.slice(begin, end).trim(), heading: from === 0 ? '' : headingBefore(text, begin) })
  }
  return parts
}

/** The last line before a place that Markdown reads as a heading. */
function headingBefore(text: string, place: number): string {
  const headings = [...text.slice(0, place).matchAll(/^#{1,6} (.+)$/gm)]
  return headings.at(-1)?.[1]?.trim() ?? ''
}
