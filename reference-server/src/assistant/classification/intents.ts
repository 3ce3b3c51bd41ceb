import { wordsOf } from '../language/words.js'
import { INTENT_PATTERNS, type IntentId, LEAD_INTENTS } from './intent-phrases.js'
import { type SmallTalk, smallTalkOf } from './small-talk.js'

/** An intent that a rule has recognised. */
export interface Intent {
  id: IntentId
  /** How sure the rule is, 0 to 1: not calibrated. */
  p: number
}

/** How sure the rule for small talk is: it is of a whole message. */
const WHOLE = 0.9

/** A question about something else that only shares a word. */
const NOT_A_LEAD = /\b(?:refund|cancel|complaint|charged|deducted|debited|wrong|password|dispute|unauthori[sz]ed)\b/

/** All intents of a message, the surest first; of equals, in the order of the rules. */
export function intentsOf(text: string): Intent[] {
  const line = wordsOf(text).join(' ')
  const found = new Map<IntentId, number>()
  for (const [id, p, pattern] of INTENT_PATTERNS) if (!found.has(id) && pattern.test(line)) found.set(id, p)
  const smallTalk = smallTalkOf(text)
  if (smallTalk) found.set(smallTalk, WHOLE)
  return [...found].map(([id, p]) => ({ id, p })).sort((a, b) => b.p - a.p)
}

/** How probable it is that somebody wants to become a customer, 0 to 1 (L1). */
export function leadProbability(text: string, intents: readonly Intent[]): number {
  const lead = intents.reduce((most, { id, p }) => (LEAD_INTENTS.has(id) ? Math.max(most, p) : most), 0)
  return NOT_A_LEAD.test(wordsOf(text).join(' ')) ? lead / 2 : lead
}

const SMALL_TALK: ReadonlySet<IntentId> = new Set<SmallTalk>(['greeting', 'thanks', 'acknowledgement'])

/** Whether nothing is asked: a greeting, thanks, an *ok*, and no more. */
export function isSmallTalk(intents: readonly Intent[]): boolean {
  return intents.length > 0 && intents.every(({ id }) => SMALL_TALK.has(id))
}
