import { normalise } from '../language/normalise.js'

const DONE =
  'refunded|issued|processed|approved|applied|cancelled|canceled|credited|debited|transferred|paid|booked|created|granted|confirmed|completed|initiated|activated|waived|received|successful|guaranteed'
const THING = 'refund|payment|discount|order|transfer|credit|invoice|ticket|booking|coupon|fee|amount|money'

const ACTS: readonly RegExp[] = [
  new RegExp(`\\b(?:i|we)(?:'ve|'ll| have| will| can)? (?:now |just |already |also )?(?:${DONE})\\b`),
  new RegExp(
    `\\b(?:${THING})s?\\b.{0,40}\\b(?:has been|have been|was|were|is|are|will be) (?:now |just |already |successfully )?(?:${DONE})\\b`,
  ),
  new RegExp(`\\b(?:${THING}) (?:${DONE})\\b`),
  /\b(?:i|we)(?:'ll| will| can)? (?:promise|guarantee|assure|refund|waive|give you|offer you)\b/,
]

const POSES: readonly RegExp[] = [
  /\b(?:i am|i'm|this is|you are (?:now )?(?:chatting|talking|speaking) (?:with|to)) (?:a |an |the |your |not an? )?(?:real |actual |live |human )?(?:human|person|agent|ai|bot|machine|employee|manager|engineer|member of)\b/,
  // A line that begins like one of a transcript, or of the server's own notices.
  /^\W{0,3}(?:system|agent|admin|support|server|notice|human|visitor|developer|assistant|user)\W{0,3}:/,
  /^\W{0,3}[[(](?:system|agent|admin|support|server|notice|human|visitor|developer|assistant|user)[\])]/,
]

/** Whether a sentence says that something was done, or promises to. The assistant can do neither. */
export function claimsAct(sentence: string): boolean {
  const said = normalise(sentence).toLowerCase()
  return ACTS.some((pattern) => pattern.test(said))
}

/** Whether a sentence speaks as a person of the team, or as the server. Who has written a message is said by the server alone. */
export function posesAsOther(sentence: string): boolean {
  const said = normalise(sentence).toLowerCase()
  return POSES.some((pattern) => pattern.test(said))
}
