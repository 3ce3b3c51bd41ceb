import { englishStem } from '../language/english-stem.js'
import { wordsOf } from '../language/words.js'

/** Lengths of the groups of characters that are counted, at the edges of words as well. */
const SHORTEST_GROUP = 2
const LONGEST_GROUP = 5

/** Features of a text by their hash: words and stems, pairs of both, and groups of two to five characters within words. */
export function featuresOf(text: string): Map<number, number> {
  const words = wordsOf(text)
  const stems = words.map(englishStem)
  const counts = new Map<number, number>()
  const count = (feature: string) => {
    const hash = hashOf(feature)
    counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  words.forEach((word, index) => {
    count(`1${word}`)
    count(`s${stems[index]}`)
    if (index > 0) {
      count(`2${words[index - 1]} ${word}`)
      count(`p${stems[index - 1]} ${stems[index]}`)
    }
    const edged = ` ${word} `
    for (let length = SHORTEST_GROUP; length <= LONGEST_GROUP; length++)
      for (let from = 0; from + length <= edged.length; from++) count(`c${edged.slice(from, from + length)}`)
  })
  return counts
}

/** FNV-1a, to 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
