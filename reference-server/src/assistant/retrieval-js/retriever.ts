import type { RetrievalFeatures } from '../confidence/retrieval-features.js'
import type { Language } from '../language/detect-language.js'

/**
 * Finds passages for a question. The evaluation and the assistant know no more of a retriever than this, so that the one in
 * SQL and the one in memory are measured by the same command: `scripts/eval/retrievers.ts` is where another one is plugged in.
 */
export interface Retriever {
  /** `k`: at most so many hits, one a document, the best first. */
  search(query: { query: string; lang: Language; k: number }): Promise<Retrieved>
}

/** What a search has found. */
export interface Retrieved {
  hits: Hit[]
  /** Of the question with its best hit. */
  features: RetrievalFeatures
  /** Of the question with each hit, in their order; absent: the retriever knows that of the best one only. */
  each?: RetrievalFeatures[]
}

/** The best passage of a document that was found. */
export interface Hit {
  docId: string
  chunkId: string
  title: string
  url: string | null
  /** The passage's own words, from which an answer quotes; its title is not among them. */
  text: string
  score: number
}

/** What is searched. */
export interface SourceDocument {
  id: string
  title: string
  body: string
  url?: string | undefined
}
