import type { Classification } from '../classification/classify.js'
import type { PolicyContext } from '../policies/decision.js'
import type { LoadedTurn } from './load-turn.js'

/** What the rules are asked with before anything is looked up. */
export function contextOf(
  turn: LoadedTurn,
  { text, classification, teamOnline }: Pick<PolicyContext, 'text' | 'teamOnline'> & { classification: Classification },
): PolicyContext {
  const { settings, loop, timesNotKnown, acknowledged, openTickets, personOffered } = turn
  return {
    ...{ settings, text, classification, teamOnline, loop, timesNotKnown, acknowledged, openTickets },
    ...{
      personOffered,
      moods: [...turn.moods, ...moodIn(classification)],
      leadKnown: turn.leadKnown || turn.leadAsked,
    },
    ...{ unhelpful: false, contact: null, nextAnswer: null, confidence: null, provider: 'none' },
  }
}

/** How the message itself sounds, if that is known. */
function moodIn({ sentiment }: Classification): number[] {
  return sentiment === 'unknown' ? [] : [sentiment.score]
}
