import { isSmallTalk } from '../classification/intents.js'
import type { PolicyContext, Promised, Rule, Verdict } from './decision.js'
import { isAngry } from './escalation-rules.js'
import { wasSaid } from './loop-control.js'
import { findAttack, findRefusal, type Refusal } from './refusals.js'

/** So much of a question must stand in what was found, that what was found is on this very question. */
export const WORD_FOR_WORD = 0.9

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

/** L1: what was asked for is left, or is left unasked: it is kept, and what was promised for it stands. */
export const contactLeft: Rule = {
  id: 'L1',
  decide: ({ contact }) =>
    contact && {
      action: { kind: 'contact', promised: contact.promised },
      reason: `a way to be reached is left, ${WHY_LEFT[contact.promised ?? 'none']}`,
    },
}

const WHY_LEFT: Record<Promised | 'none', string> = {
  lead: 'as a possible customer was asked to',
  team: 'for an answer by the team',
  none: 'and nobody has asked for it',
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
    return reason === null ? null : { action: { kind: 'hand_off', priority: 'normal' }, reason }
  },
}

/** A3: nothing was looked up yet. */
export const lookUp: Rule = {
  id: 'A3',
  decide: ({ confidence, unhelpful, classification }) =>
    confidence === null && !unhelpful && !isSmallTalk(classification.intents)
      ? { action: { kind: 'look_up' }, reason: 'nothing was looked up yet' }
      : null,
}

/** E2 without a matter that it takes a person for: the anger is seen, once in an episode, and a person offered. */
export const acknowledge: Rule = {
  id: 'E2',
  decide: (context) => {
    if (context.unhelpful || context.acknowledged || !isAngry(context)) return null
    const first = context.confidence?.band === 'high' ? 'answer' : null
    return { action: { kind: 'acknowledge', first }, reason: 'the mood is bad, and nothing else calls for a person' }
  },
}

/** L1: a customer may be won. What is known is said first. Nobody is asked twice. */
export const lead: Rule = {
  id: 'L1',
  decide: ({ classification, confidence, settings, leadKnown }) => {
    if (leadKnown || classification.lead < settings.leadAt) return null
    const first = confidence?.band === 'high' ? 'answer' : confidence?.band === 'middle' ? 'suggestions' : null
    return { action: { kind: 'lead_form', first }, reason: 'may become a customer' }
  },
}

/** C1: it is not known, or not surely enough for too long, or it did not help: said so, and somebody is offered. */
export const lowConfidence: Rule = {
  id: 'C1',
  decide: ({ unhelpful, confidence, loop: state, settings, teamOnline, timesNotKnown }) => {
    const offer = teamOnline ? 'person' : 'form'
    if (unhelpful) return { action: { kind: 'not_helpful', offer }, reason: 'what was said did not help' }
    const reason =
      confidence?.band === 'low'
        ? 'nothing that was found is sure enough'
        : confidence?.band === 'middle' && state.middleTurns + 1 >= settings.middleTurns
          ? 'nothing is sure, again'
          : null
    return reason && { action: { kind: 'not_known', offer, again: timesNotKnown > 0 }, reason }
  },
}

/** States in which nothing is wrong: it writes, or nobody wants it to. */
const IN_ORDER: ReadonlySet<PolicyContext['provider']> = new Set(['ready', 'switched_off', 'none'])

/** G1 for the provider: its budget is spent or it fails, so that what was found is said in its own words. */
export const withoutProvider: Rule = {
  id: 'G1',
  decide: ({ provider, confidence }) => {
    if (IN_ORDER.has(provider) || confidence?.band !== 'high') return null
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
      ? { action: { kind: 'answer', generate: false }, reason: 'small talk' }
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
