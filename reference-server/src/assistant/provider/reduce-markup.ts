import type { Passage } from '../answering/citation.js'
import { isAddressOf } from '../answering/links.js'
import { normalise } from '../language/normalise.js'

/** A link that may be given: one of a passage's. */
export interface AllowedLink {
  words: string
  url: string
}

/** What is left of a model's markup. */
export interface PlainProse {
  /** Line by line; no tags, no images, no Markdown, nothing unseen. */
  text: string
  /** Links that the text held to passages of this turn; their words stand in it. */
  links: AllowedLink[]
}

// What is shown of an element is its text; of these nothing is. All patterns are bounded by a character that they do not take.
const SILENT =
  /<(script|style|template|iframe|object|svg|math|noscript|title)\b[^>]*(?:>|$)[\s\S]*?(?:<\/\1\b[^>]*(?:>|$)|$)/gi
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g
const TAG = /<\/?[a-z!?][^<>]*(?:>|$)/gi
const IMAGE = /!\[[^\]]*\](?:\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$))?/g
const LINK = /\[([^[\]]*)\]\(([^()]*)(?:\)|$)/g
const REFERENCE_TARGET = /^[ \t]*\[[^\]\d][^\]]*\]:.*$/gm
const FENCE = /^[ \t]*(?:```|~~~).*$/gm
const LINE_MARK = /^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+|\d{1,2}[.)][ \t]+)/gm
const EMPHASIS = /\*\*|__|(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])|`/gu

/** Reduces what a model has written to text. It is drawn as text in any case; this keeps what was meant readable, and the rest out. */
export function reduceMarkup(prose: string, passages: readonly Passage[]): PlainProse {
  const links: AllowedLink[] = []
  const text = prose
    .replace(COMMENT, ' ')
    .replace(SILENT, ' ')
    .replace(TAG, ' ')
    .replace(IMAGE, ' ')
    .replace(REFERENCE_TARGET, '')
    .replace(LINK, (_, words: string, target: string) => {
      const url = target.trim().split(' ')[0] as string
      if (isAddressOf(url, passages)) links.push({ words, url })
      return words
    })
    .replace(FENCE, '')
    .replace(LINE_MARK, '')
    .replace(EMPHASIS, '')
    .split('\n')
    .map(normalise)
    .filter((line) => line !== '')
    .join('\n')
  return { text, links }
}
