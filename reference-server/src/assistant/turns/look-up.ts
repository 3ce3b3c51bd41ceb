import { answerFrom } from '../answering/answer-from.js'
import { type BandThresholds, type Confidence, confidenceOf } from '../confidence/confidence.js'
import { NOTHING_FOUND } from '../confidence/retrieval-features.js'
import { fuseHits } from '../embeddings/fuse-hits.js'
import type { MeaningSearch, NearPassage } from '../embeddings/meaning-search.js'
import type { Language } from '../language/detect-language.js'
import type { Hit, Retrieved, Retriever } from '../retrieval-js/retriever.js'
import type { Answer } from './turn-words.js'

/** Documents that are looked at. */
const MOST_HITS = 5
/** Documents of either list where two become one: further down a place says little. */
const MOST_FUSED = 20

/** What the knowledge base says to a question, and how surely. */
export interface LookedUp {
  hits: readonly Hit[]
  confidence: Confidence
  /** The best passage's own words; null: none of them is about the question. */
  found: Answer | null
}

/** What is asked. `meaning`: how else passages are found, where the words are not sure; null: not at all. */
export interface Question {
  text: string
  language: Language
  settings: BandThresholds
  meaning: MeaningSearch | null
}

/**
 * Looks a question up (B16). `high` is only what there are words for: where the search by words is sure, nobody else is asked, and what
 * is near by its meaning stands before what the words are not sure of.
 */
export async function lookUp(retriever: Retriever, question: Question): Promise<LookedUp> {
  const { text, language, meaning } = question
  const byWords = await retriever.search({ query: text, lang: language, k: meaning ? MOST_FUSED : MOST_HITS })
  const known = judge(question, byWords.hits, confidenceOf(byWords.features, question.settings))
  if (meaning === null || known.confidence.band === 'high') return known
  const near = await meaning.near(text, MOST_FUSED)
  return near === null || near.length === 0 ? known : fuse(question, known, byWords, near)
}

function judge({ text }: Question, hits: readonly Hit[], confidence: Confidence): LookedUp {
  const found = answerIn(text, hits)
  // A passage of which no sentence is about the question answers nothing, however well it was found.
  const doubtful = found === null && confidence.band === 'high'
  return {
    hits: hits.slice(0, MOST_HITS),
    confidence: doubtful ? { ...confidence, band: 'middle' } : confidence,
    found,
  }
}

/** How sure it is, the words of the best passage say; that what they had found is not the best any more makes nothing less sure. */
function fuse(
  question: Question,
  known: LookedUp,
  { hits: worded, features: best, each = [] }: Retrieved,
  near: readonly NearPassage[],
): LookedUp {
  const hits = fuseHits(worded, near)
  const place = worded.findIndex(({ docId }) => docId === hits[0]?.docId)
  // Whatever is not the first by its words is ahead of nothing by them.
  const features = place === 0 ? best : { ...(each[place] ?? NOTHING_FOUND), margin: 0 }
  const judged = judge(question, hits, confidenceOf(features, question.settings))
  const { confidence } = judged.confidence.probability >= known.confidence.probability ? judged : known
  if (confidence.band !== 'low') return { ...judged, confidence }
  // Their words say nothing: what is suggested then is near, and no more: that two texts mean about the same bears out no sentence.
  const { atLeast = null } = question.meaning ?? {}
  const nearEnough = atLeast === null ? [] : near.filter(({ cosine }) => cosine >= atLeast)
  if (nearEnough.length === 0) return { ...judged, confidence }
  return judge(question, nearEnough, { ...confidence, band: 'middle' })
}

function answerIn(question: string, [best]: readonly Hit[]): Answer | null {
  const found = best && answerFrom(question, best)
  return found?.kind === 'answer' ? { text: found.text, sources: [best as Hit], isCut: false } : null
}
