/**
 * What a retriever says of its best hit besides the hit, for the confidence model: all it knows of how well a question was met.
 * Each retriever computes them over its own terms (stems, lexemes) and its own idf; as shares they can be compared.
 */
export interface RetrievalFeatures {
  /** Share of the question's idf that stands in the best hit, 0 to 1. A term that no document has counts with the highest idf. */
  idfCoverage: number
  /** The same for the title of the best hit. */
  titleCoverage: number
  /** The best hit's score by the highest that any hit could have had for this question, 0 to 1. */
  scoreShare: number
  /** By how much the best document's score exceeds the second one's, as a share of its own: 0 a tie, 1 nothing else was found. */
  margin: number
  /** ln(1 + number of different terms of the question that are no stop words). */
  logTerms: number
}

/** Of a question that found nothing. */
export const NOTHING_FOUND: RetrievalFeatures = {
  idfCoverage: 0,
  titleCoverage: 0,
  scoreShare: 0,
  margin: 0,
  logTerms: 0,
}
