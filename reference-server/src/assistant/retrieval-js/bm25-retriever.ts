import { NOTHING_FOUND, type RetrievalFeatures } from '../confidence/retrieval-features.js'
import { chunksOf } from './chunk.js'
import type { Hit, Retriever, SourceDocument } from './retriever.js'
import { termsOf } from './terms.js'

/** BM25's: how soon a term that is repeated counts no more; how much a long chunk counts for less. */
const K1 = 1.5
const B = 0.6
/** A term in the title counts for so many times its idf, beside its place in the text. */
const TITLE_WEIGHT = 0.8

interface Chunk {
  document: SourceDocument
  chunkId: string
  text: string
  /** How often each term stands in title and text. */
  counts: Map<string, number>
  title: Set<string>
  length: number
}

/**
 * BM25 over chunks, of which a document's best one counts, with a bonus for terms in its title: the reference in memory, without
 * a database. Good for tests, the evaluation and a few hundred documents.
 */
export function createBm25Retriever(documents: readonly SourceDocument[]): Retriever {
  const index = indexOf(documents)
  return {
    search: async ({ query, k }) => {
      const asked = [...new Set(termsOf(query))]
      const terms = asked.map((term) => ({ term, idf: idfOf(index.frequency.get(term) ?? 0, index.chunks.length) }))
      const best = new Map<string, { chunk: Chunk; score: number }>()
      for (const chunk of candidates(asked, index)) {
        const score = scoreOf(chunk, terms, index.averageLength)
        const known = best.get(chunk.document.id)
        if (!known || score > known.score) best.set(chunk.document.id, { chunk, score })
      }
      const found = [...best.values()].sort(
        (a, b) => b.score - a.score || (a.chunk.document.id < b.chunk.document.id ? -1 : 1),
      )
      return { hits: found.slice(0, k).map(hitOf), features: featuresOf(terms, found) }
    },
  }
}

interface Index {
  chunks: Chunk[]
  /** In how many chunks a term stands. */
  frequency: Map<string, number>
  holders: Map<string, Chunk[]>
  averageLength: number
}

function indexOf(documents: readonly SourceDocument[]): Index {
  const chunks = documents.flatMap((document) => {
    const title = termsOf(document.title)
    return chunksOf(document.body).map((text, number): Chunk => {
      const terms = [...title, ...termsOf(text)]
      const counts = new Map<string, number>()
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
      return {
        ...{ document, text, counts },
        chunkId: `${document.id}/${number}`,
        title: new Set(title),
        length: terms.length,
      }
    })
  })
  const holders = new Map<string, Chunk[]>()
  for (const chunk of chunks)
    for (const term of chunk.counts.keys()) holders.set(term, [...(holders.get(term) ?? []), chunk])
  const frequency = new Map([...holders].map(([term, list]) => [term, list.length]))
  const averageLength = chunks.reduce((sum, { length }) => sum + length, 0) / Math.max(1, chunks.length)
  return { chunks, frequency, holders, averageLength }
}

function candidates(terms: readonly string[], index: Index): Set<Chunk> {
  return new Set(terms.flatMap((term) => index.holders.get(term) ?? []))
}

function idfOf(frequency: number, chunks: number): number {
  return Math.log(1 + (chunks - frequency + 0.5) / (frequency + 0.5))
}

interface Weighed {
  term: string
  idf: number
}

function scoreOf(chunk: Chunk, terms: readonly Weighed[], averageLength: number): number {
  const lengthNorm = K1 * (1 - B + (B * chunk.length) / averageLength)
  return terms.reduce((sum, { term, idf }) => {
    const count = chunk.counts.get(term) ?? 0
    const title = chunk.title.has(term) ? TITLE_WEIGHT : 0
    return sum + idf * ((count * (K1 + 1)) / (count + lengthNorm) + title)
  }, 0)
}

function hitOf({ chunk, score }: { chunk: Chunk; score: number }): Hit {
  const { id, title, url } = chunk.document
  return { docId: id, chunkId: chunk.chunkId, title, url: url ?? null, text: chunk.text, score }
}

function featuresOf(terms: readonly Weighed[], found: readonly { chunk: Chunk; score: number }[]): RetrievalFeatures {
  const [first, second] = found
  const logTerms = Math.log(1 + terms.length)
  if (!first) return { ...NOTHING_FOUND, logTerms }
  const all = sumIdf(terms)
  return {
    idfCoverage: sumIdf(terms.filter(({ term }) => first.chunk.counts.has(term))) / all,
    titleCoverage: sumIdf(terms.filter(({ term }) => first.chunk.title.has(term))) / all,
    scoreShare: first.score / (all * (K1 + 1 + TITLE_WEIGHT)),
    margin: (first.score - (second?.score ?? 0)) / first.score,
    logTerms,
  }
}

function sumIdf(terms: readonly Weighed[]): number {
  return terms.reduce((sum, { idf }) => sum + idf, 0)
}
