/** Words of a chunk, and of it those that it has in common with the one before. */
const CHUNK_WORDS = 180
const OVERLAP_WORDS = 40

/** Cuts a text into overlapping parts, each a substring of it: an answer quotes them as they stand. */
export function chunksOf(text: string): string[] {
  const places = [...text.matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length] as const)
  const chunks: string[] = []
  for (let first = 0; first < places.length; first += CHUNK_WORDS - OVERLAP_WORDS) {
    const last = Math.min(first + CHUNK_WORDS, places.length) - 1
    chunks.push(text.slice(places[first]?.[0], places[last]?.[1]))
    if (last === places.length - 1) break
  }
  return chunks.length > 0 ? chunks : ['']
}
