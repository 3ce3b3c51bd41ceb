import { foldText } from './fold-text.js'

/** A stretch of a text: found, or between what was found. */
export interface Stretch {
  text: string
  found: boolean
}

/** A text cut where `words` stand in it, in capitals or not, with accents or without; undefined where they do not. */
export function findWords(text: string, words: string): Stretch[] | undefined {
  const wanted = foldText(words.trim()).folded
  const { folded, places } = foldText(text)
  const stretches: Stretch[] = []
  let done = 0
  for (let at = folded.indexOf(wanted); wanted && at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const [from = 0, to = text.length] = [places[at], places[at + wanted.length]]
    if (from > done) stretches.push({ text: text.slice(done, from), found: false })
    if (to > from) stretches.push({ text: text.slice(from, to), found: true })
    done = Math.max(done, to)
  }
  if (stretches.length === 0) return undefined
  if (done < text.length) stretches.push({ text: text.slice(done), found: false })
  return stretches
}
