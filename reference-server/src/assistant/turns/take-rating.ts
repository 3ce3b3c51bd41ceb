import { classify } from '../classification/classify.js'
import { detectLanguage } from '../language/detect-language.js'
import { decide } from '../policies/decide.js'
import type { LoadedTurn } from './load-turn.js'
import { phrasesIn } from './phrases.js'
import { contextOf } from './policy-context.js'
import { sayOf, type TakenTurn } from './take-turn.js'

/** Decides what is said to a visitor who has written nothing, and has said that what they were told did not help. Writes nothing. */
export function takeRating(turn: LoadedTurn, teamOnline: boolean): TakenTurn {
  const topic = turn.earlier.at(-1) ?? ''
  const classification = { ...classify({ text: '' }), language: detectLanguage(topic) }
  const context = { ...contextOf(turn, { text: '', classification, teamOnline }), moods: turn.moods, unhelpful: true }
  const told = { classification, phrases: phrasesIn(classification.language) }
  return {
    ...told,
    ...sayOf(decide(context), { ...told, hits: [], answer: null, contact: null }, teamOnline),
    ...{ confidence: null, band: null, gap: null, contact: null, topic },
  }
}
