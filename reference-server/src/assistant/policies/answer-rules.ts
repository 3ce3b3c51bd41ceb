import { isSmallTalk } from '../classification/intents.js'
import type { PolicyContext, Rule, Verdict } from './decision.js'
import { wasSaid } from './loop-control.js'
import { findAttack, findRefusal, type Refusal } from './refusals.js'

/** So much of a question must stand in what was found, that it is answered and not refused. */
const WORD_FOR_WORD = 0.9

/** G2: what is tried on the assistant itself. Nothing is looked up for it. */
export const attack: Rule = {
  id: 'G2',
  decide: ({ text }) => refuse(findAttack(text)),
}

/**
 * G2: what the assistant does not do of itself, whoever asks. What the organization has written on this very question is its own
 * word, and is said; that something of the kind was found is not enough.
 */
export const refusal: Rule = {
  id: 'G2',
  decide: ({ text, confidence }) =>
    confidence?.band === 'high' && confidence.worded >= WORD_FOR_WORD ? null : refuse(findRefusal(text)),
}

/** P1: what has become of a payment is for the server to say, and no text to be looked up. */
export const paymentStatus: Rule = {
  id: 'P1',
  decide: ({ classification: { intents } }) => {
    const asked = intents.some(({ id, p }) => id === 'payment_status' && p >= 0.6)
    return asked ? { action: { kind: 'payment_status' }, reason: 'asks what has become of a payment' } : null
  },
}

/** G1: the assistant gets nowhere, or says the same again. */
export const loop: Rule = {
  id: 'G1',
  decide: ({ loop: state, nextAnswer, settings }) => {
    const reason =
      state.turnsWithoutProgress >= settings.turnsWithoutProgress
        ? `${state.turnsWithoutProgress} turns without progress`
        : nextAnswer !== null && wasSaid(state, nextAnswer)
          ? 'this answer was given before'
          : null
    return reason === null ? null : { action: { kind: 'hand_off', priority: 'normal', page: false }, reason }
  },
}

/** A3: nothing was looked up yet. */
export const lookUp: Rule = {
  id: 'A3',
  decide: ({ confidence, pressed, classification }) =>
    confidence === null && pressed === null && !isSmallTalk(classification.intents)
      ? { action: { kind: 'look_up' }, reason: 'nothing was looked up yet' }
      : null,
}

/** L1: a customer may be won. What is known is said first. Whoever has left their details is not asked again. */
export const lead: Rule = {
  id: 'L1',
  decide: ({ pressed, classification, confidence, settings, leadKnown }) => {
    if (leadKnown) return null
    const reason =
      pressed === 'leave_details'
        ? 'the button was pressed'
        : classification.lead >= settings.leadAt
          ? 'may become a customer'
          : null
    if (reason === null) return null
    const first = confidence?.band === 'high' ? 'answer' : confidence?.band === 'middle' ? 'suggestions' : null
    return { action: { kind: 'lead_form', first }, reason }
  },
}

/** C1: it is not known, or not surely enough for too long, or it did not help: said so, and somebody is offered. */
export const lowConfidence: Rule = {
  id: 'C1',
  decide: (context) => {
    const reason = doubtOf(context)
    if (reason === null) return null
    return { action: { kind: 'not_known', offer: context.teamOnline ? 'person' : 'form' }, reason }
  },
}

/** G1 for the provider: its budget is spent or it fails, so that what was found is said in its own words. */
export const withoutProvider: Rule = {
  id: 'G1',
  decide: ({ provider, confidence }) => {
    if (provider === 'ready' || provider === 'none' || confidence?.band !== 'high') return null
    return { action: { kind: 'answer', generate: false }, reason: `the provider is out: ${provider}` }
  },
}

/** A1: it is known. */
export const answer: Rule = {
  id: 'A1',
  decide: ({ text, confidence, provider, classification }): Verdict => {
    if (confidence?.band === 'high') {
      // Threat 70: a promise is said as it is written.
      const generate = provider === 'ready' && findRefusal(text) === null
      return { action: { kind: 'answer', generate }, reason: 'the best hit is sure' }
    }
    return confidence === null && isSmallTalk(classification.intents)
      ? { action: { kind: 'answer', generate: false }, reason: 'a greeting or thanks' }
      : null
  },
}

/** A2: something may help. A passage of the middle band is never presented as an answer. */
export const suggest: Rule = {
  id: 'A2',
  decide: () => ({ action: { kind: 'suggest' }, reason: 'something may help' }),
}

function refuse(found: Refusal | null): Verdict {
  return found && { action: { kind: 'refuse', refusal: found }, reason: `asks for what is refused: ${found}` }
}

function doubtOf({ pressed, confidence, loop: state, settings }: PolicyContext): string | null {
  if (pressed === 'not_helpful') return 'the last answer did not help'
  if (confidence?.band === 'low') return 'nothing that was found is sure enough'
  if (confidence?.band === 'middle' && state.middleTurns + 1 >= settings.middleTurns) return 'nothing is sure, again'
  return null
}
