/**
 * Whether a provider is asked at all. One that keeps failing is left alone for a while, so that visitors do not wait for it in turn;
 * then one answer tries it. A pure machine: whoever holds the state moves it.
 */
export type Breaker =
  /** `failures`: when those of the last minute were. */
  | { state: 'closed'; failures: readonly number[] }
  | { state: 'open'; until: number }
  /** One answer is on its way that decides. */
  | { state: 'trying'; since: number }

/** What has happened. `now`: milliseconds. `left`: the answer ended without saying anything about its provider. */
export type BreakerEvent = { type: 'failed' | 'succeeded' | 'left'; trial: boolean; now: number }

/** Of a provider that was never asked. */
export const CLOSED: Breaker = { state: 'closed', failures: [] }

const MOST_FAILURES = 5
const WINDOW_MS = 60_000
const OPEN_MS = 30_000

/** Whether an answer may begin, and whether it is the one that tries. */
export function askBreaker(
  breaker: Breaker,
  now: number,
): { allowed: false } | { allowed: true; trial: boolean; breaker: Breaker } {
  if (breaker.state === 'closed') return { allowed: true, trial: false, breaker }
  // A trial that never ended, because its process slept or its end was lost, does not shut the provider out for ever.
  const opens = breaker.state === 'open' ? breaker.until : breaker.since + WINDOW_MS
  return now < opens ? { allowed: false } : { allowed: true, trial: true, breaker: { state: 'trying', since: now } }
}

/** The state after an answer has ended. Only the trial's end counts once it is not closed: others began before. */
export function moveBreaker(breaker: Breaker, { type, trial, now }: BreakerEvent): Breaker {
  if (breaker.state === 'closed') {
    if (type !== 'failed') return breaker
    const failures = [...breaker.failures.filter((at) => at > now - WINDOW_MS), now]
    return failures.length >= MOST_FAILURES ? { state: 'open', until: now + OPEN_MS } : { state: 'closed', failures }
  }
  if (!trial || breaker.state !== 'trying') return breaker
  if (type === 'succeeded') return CLOSED
  return { state: 'open', until: type === 'failed' ? now + OPEN_MS : now }
}
