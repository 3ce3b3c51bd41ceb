import type { Language } from '../language/detect-language.js'
import { wordsOf } from '../language/words.js'
import { BOOSTERS, COMPLAINTS, NEGATIONS, WORD_WEIGHTS } from './sentiment-words.js'

/** How a message sounds. The score goes from -1 to 1. Of a language that we cannot read nothing is known: it is never neutral. */
export type Sentiment = { label: 'negative' | 'neutral' | 'positive'; score: number } | 'unknown'

/** What a visitor does, beside their words, that tells how they feel. */
export interface Behaviour {
  /** The same question as before, in whatever words. */
  repeated: boolean
  /** Thumbs down on the last answer. */
  thumbsDown: boolean
  /** Messages of this visitor within the last 20 seconds, this one included. */
  burst: number
}

/** From here on a message is negative, or positive. */
const NEGATIVE_AT = -0.2
const POSITIVE_AT = 0.2
/** A negation reaches so many words. */
const NEGATION_REACH = 3
const NEGATED = -0.6
/** What comes behind *but* is what is meant. */
const BEFORE_BUT = 0.5
const BEHIND_BUT = 1.3
/** The sum of weights at which the score is 0.71 of its bound. */
const SOFTNESS = 16

const CALM: Behaviour = { repeated: false, thumbsDown: false, burst: 1 }

/** Says how a message sounds: words, complaints in calm words, capitals and exclamation marks, and what its visitor does. */
export function sentimentOf(text: string, language: Language, behaviour: Behaviour = CALM): Sentiment {
  const acts = behaviourWeight(behaviour)
  if (language === 'unknown' && acts === 0) return 'unknown'
  const words = wordsOf(text)
  const line = words.join(' ')
  const complaints = COMPLAINTS.reduce((sum, [pattern, weight]) => (pattern.test(line) ? sum + weight : sum), 0)
  const said = wordSum(words) + complaints
  const sum = said + loudness(text, said) + acts
  const score = sum / Math.sqrt(sum * sum + SOFTNESS)
  return { label: score <= NEGATIVE_AT ? 'negative' : score >= POSITIVE_AT ? 'positive' : 'neutral', score }
}

function wordSum(words: readonly string[]): number {
  const but = words.lastIndexOf('but')
  return words.reduce((sum, word, index) => {
    const weight = WORD_WEIGHTS.get(word)
    if (weight === undefined) return sum
    const before = words.slice(Math.max(0, index - NEGATION_REACH), index)
    const boost = BOOSTERS.get(before.at(-1) ?? '') ?? 1
    const turned = before.some((other) => NEGATIONS.has(other)) ? NEGATED : 1
    const place = but < 0 || index === but ? 1 : index < but ? BEFORE_BUT : BEHIND_BUT
    return sum + weight * boost * turned * place
  }, 0)
}

/** Capitals and exclamation marks make what is said louder; alone they say little, and that is not kind. */
function loudness(text: string, said: number): number {
  const letters = text.match(/\p{Lu}|\p{Ll}/gu) ?? []
  const capitals = letters.filter((letter) => /\p{Lu}/u.test(letter)).length
  const shouts = letters.length >= 8 && capitals / letters.length > 0.7 ? 1.2 : 0
  const marks = /!{3,}|\?{3,}|[!?]{4,}/.test(text) ? 1 : 0
  const asks = /\?{2,}/.test(text) ? 0.5 : 0
  return said > 0 ? marks : -(shouts + marks + asks)
}

function behaviourWeight({ repeated, thumbsDown, burst }: Behaviour): number {
  return (repeated ? -2 : 0) + (thumbsDown ? -2.5 : 0) + (burst >= 4 ? -1 : 0)
}
