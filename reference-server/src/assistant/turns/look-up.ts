import { answerFrom } from '../answering/answer-from.js'
import { type BandThresholds, type Confidence, confidenceOf } from '../confidence/confidence.js'
import type { Language } from '../language/detect-language.js'
import type { Hit, Retriever } from '../retrieval-js/retriever.js'
import type { Answer } from './turn-words.js'

/** Documents that are looked at. */
const MOST_HITS = 5

/** What the knowledge base says to a question, and how surely. */
export interface LookedUp {
  hits: readonly Hit[]
  confidence: Confidence
  /** The best passage's own words; null: none of them is about the question. */
  found: Answer | null
}

/** Looks a question up. `high` is only what there are words for. */
export async function lookUp(
  retriever: Retriever,
  { text, language, settings }: { text: string; language: Language; settings: BandThresholds },
): Promise<LookedUp> {
  const { hits, features } = await retriever.search({ query: text, lang: language, k: MOST_HITS })
  const confidence = confidenceOf(features, settings)
  const found = answerIn(text, hits)
  // A passage of which no sentence is about the question answers nothing, however well it was found.
  const doubtful = found === null && confidence.band === 'high'
  return { hits, confidence: doubtful ? { ...confidence, band: 'middle' } : confidence, found }
}

function answerIn(question: string, [best]: readonly Hit[]): Answer | null {
  const found = best && answerFrom(question, best)
  return found?.kind === 'answer' ? { text: found.text, sources: [best as Hit], isCut: false } : null
}
