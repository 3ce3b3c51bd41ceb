import {
  acknowledge,
  answer,
  attack,
  contactLeft,
  lead,
  lookUp,
  loop,
  lowConfidence,
  paymentStatus,
  refusal,
  suggest,
  withoutProvider,
} from './answer-rules.js'
import type { Decision, PolicyContext, Rule } from './decision.js'
import { badMoodAndComplex, explicitHuman, keyword, moodOf, openTickets, safety } from './escalation-rules.js'

/**
 * The rules in their order: the first that says something decides. A life comes before a wish, a wish before an alarm, people before
 * limits, limits before answers. An attack is refused unheard, and other things only when it is known what was found for them.
 */
const RULES: readonly Rule[] = [
  safety,
  explicitHuman,
  keyword,
  badMoodAndComplex,
  openTickets,
  attack,
  contactLeft,
  paymentStatus,
  loop,
  lookUp,
  refusal,
  acknowledge,
  lead,
  lowConfidence,
  withoutProvider,
  answer,
  suggest,
]

/** Decides what is done about a message. Called before anything is looked up, and again with what was found. */
export function decide(context: PolicyContext): Decision {
  for (const { id, decide: rule } of RULES) {
    const verdict = rule(context)
    if (verdict) return { rule: id, ...verdict, inputs: inputsOf(context) }
  }
  throw new Error('the last rule always decides')
}

function inputsOf(context: PolicyContext): Decision['inputs'] {
  const { classification, confidence, loop: state, unhelpful, teamOnline, provider } = context
  const { language, intents, human, lead: leadAt, repeated } = classification
  return {
    ...{ language, human, lead: leadAt, repeated, unhelpful, teamOnline, provider },
    intents: intents.map(({ id }) => id),
    mood: moodOf(context.moods),
    probability: confidence?.probability ?? null,
    band: confidence?.band ?? null,
    openTickets: context.openTickets.length,
    turnsWithoutProgress: state.turnsWithoutProgress,
    middleTurns: state.middleTurns,
  }
}
