import type { PolicyContext, Rule, Verdict } from './decision.js'
import { findKeyword } from './keywords.js'

/** How much the newest message counts in the mood of the last ones. */
const NEWEST_SHARE = 0.6
/** One bad message is no bad mood. */
const FEWEST_MOODS = 2

/** So probable it must be that a person is asked for: rules know, and only a classifier guesses. */
const SURE_OF_WISH = 0.6

/** E1: whoever asks for a person gets one, at once, however sure an answer would be. */
export const explicitHuman: Rule = {
  id: 'E1',
  decide: ({ classification: { human, agrees }, personOffered }) => {
    if (personOffered && agrees) return handOff('the offer of a person was taken')
    return human >= SURE_OF_WISH ? handOff('a person was asked for') : null
  },
}

/** E2: a bad mood, and something that one answer does not settle. */
export const badMoodAndComplex: Rule = {
  id: 'E2',
  decide: (context) => {
    if (!isAngry(context)) return null
    const why = complexityOf(context)
    return why ? handOff(`the mood is bad, and ${why}`, 'high') : null
  },
}

/** E3: what is open for too long, or too often. */
export const openTickets: Rule = {
  id: 'E3',
  decide: ({ openTickets: ages, settings }) => {
    if (ages.length >= settings.openTickets) return handOff(`${ages.length} tickets are open`)
    return ages.some((age) => age > settings.ticketAgeMs) ? handOff('a ticket is open for too long') : null
  },
}

/** E4: words that call for a person at once; those about a life are answered with the safety text. */
export const keyword: Rule = {
  id: 'E4',
  decide: ({ text, settings }) => {
    const found = findKeyword(text, settings.keywords)
    if (!found) return null
    if (found.kind === 'safety') return { action: { kind: 'safety' }, reason: 'it is about a life' }
    return handOff(`the keyword "${found.phrase}"`, 'urgent')
  },
}

/** E4 for a life: comes before all else. */
export const safety: Rule = {
  id: 'E4',
  decide: (context) => {
    const verdict = keyword.decide(context)
    return verdict?.action.kind === 'safety' ? verdict : null
  },
}

/** The mood of the last messages, the newest counting most; null: too few of them are known. */
export function moodOf(moods: readonly number[]): number | null {
  if (moods.length < FEWEST_MOODS) return null
  return moods.reduce((mood, next) => NEWEST_SHARE * next + (1 - NEWEST_SHARE) * mood)
}

/** Whether the mood of the last messages is bad. */
export function isAngry({ moods, settings }: PolicyContext): boolean {
  const mood = moodOf(moods)
  return mood !== null && mood <= settings.moodAt
}

function complexityOf({ classification, confidence }: PolicyContext): string | null {
  const { complexity, repeated, intents } = classification
  if (intents.some(({ id }) => id === 'payment_dispute')) return 'a payment is disputed'
  if (repeated) return 'it was asked before'
  if (complexity === 'complex') return 'there is more than one matter'
  return confidence && confidence.band !== 'high' ? 'no answer is sure' : null
}

function handOff(reason: string, priority: 'normal' | 'high' | 'urgent' = 'normal'): Verdict {
  return { action: { kind: 'hand_off', priority }, reason }
}
