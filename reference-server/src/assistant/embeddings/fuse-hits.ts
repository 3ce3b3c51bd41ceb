import type { Hit } from '../retrieval-js/retriever.js'

/** Reciprocal rank fusion: how slowly a place in a list counts less, and what each list counts. */
const SMOOTHING = 60
const BY_WORDS = 1
const BY_MEANING = 2

/**
 * Two lists as one, by the places that documents have in them: numbers of words and numbers of meaning cannot be compared. Of a
 * document that is in both, the passage with the words is kept, since an answer quotes words. Each list has a document once.
 */
export function fuseHits(byWords: readonly Hit[], byMeaning: readonly Hit[]): Hit[] {
  const fused = new Map<string, Hit>()
  for (const [hits, weight] of [
    [byWords, BY_WORDS],
    [byMeaning, BY_MEANING],
  ] as const)
    for (const [index, hit] of hits.entries()) {
      const before = fused.get(hit.docId)
      const score = weight / (SMOOTHING + index + 1)
      fused.set(hit.docId, before ? { ...before, score: before.score + score } : { ...hit, score })
    }
  // Of two that are as good the one that the words have found comes first: the sort keeps their order.
  return [...fused.values()].sort((one, other) => other.score - one.score)
}
