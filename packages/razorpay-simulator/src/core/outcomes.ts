import { FAILURES, isFailureReason } from './failure-reasons.js'
import type { AttemptOutcome } from './inputs.js'

const MINUTE = 60_000

/** Outcomes by the names that pages and the control plane have for them. */
export const OUTCOME_NAMES = ['success', 'silent', 'late', 'soon', ...Object.keys(FAILURES)]

/**
 * The outcome of a name: `success`; a reason of failure; `silent`, a bank that says nothing, so that the payment has failed after ten
 * minutes; `late`, one that says yes five minutes after that; `soon`, one that says yes after a minute. Nothing for another name.
 */
export function outcomeNamed(name: string): AttemptOutcome | null {
  if (name === 'success') return { kind: 'success' }
  if (name === 'silent') return { kind: 'silent' }
  if (name === 'late') return { kind: 'silent', authorizedAfter: 15 * MINUTE }
  if (name === 'soon') return { kind: 'silent', authorizedAfter: MINUTE }
  return isFailureReason(name) ? { kind: 'failure', reason: name } : null
}
