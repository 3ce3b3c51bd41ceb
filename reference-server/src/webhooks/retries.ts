const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits before the second and each further attempt, in milliseconds, as Standard Webhooks proposes: three days in all. */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
/** A wait is up to so much longer: what failed together does not come back together. */
const JITTER = 0.1

/** How long a webhook may fail, in milliseconds, and how many deliveries in a row may be given up. */
const PATIENCE_MS = 5 * 24 * HOUR
const MOST_GIVEN_UP = 20
/** One that fails rests after each attempt, first so long, then twice as long each time. */
const REST_MS = SECOND
const LONGEST_REST_MS = MINUTE

/** When the next attempt is due, after so many that failed; undefined: never. A ping is for whoever is waiting for it. */
export function nextAttempt(type: string, attempts: number, now: Date, random: () => number): Date | undefined {
  const wait = type === 'ping' ? undefined : WAITS[attempts - 1]
  return wait === undefined ? undefined : new Date(now.getTime() + Math.round(wait * (1 + JITTER * random())))
}

/** How a webhook is doing, over all of its deliveries. */
export interface Health {
  failingSince: Date | null
  /** Attempts that have failed since the last that did not; deliveries given up since then. */
  failures: number
  givenUp: number
  /** Until then it is left alone. */
  restsTo: Date | null
  /** Why it is to be switched off. */
  end: 'gone' | 'failing' | null
}

/** As one is that takes what it is sent. */
export const WELL: Health = { failingSince: null, failures: 0, givenUp: 0, restsTo: null, end: null }

/**
 * After an attempt that failed (Z5): a whole webhook rests, whatever waits for it, so that nobody is hammered who is down, and
 * nobody's address is made a target by events that somebody makes in numbers.
 */
export function afterFailure(
  { failingSince, failures, givenUp }: Pick<Health, 'failingSince' | 'failures' | 'givenUp'>,
  attempt: { gone: boolean; isLast: boolean },
  now: Date,
): Health {
  const since = failingSince ?? now
  const lost = givenUp + Number(attempt.isLast)
  const isHopeless = lost >= MOST_GIVEN_UP || now.getTime() - since.getTime() >= PATIENCE_MS
  const rest = Math.min(REST_MS * 2 ** Math.min(failures, 16), LONGEST_REST_MS)
  return {
    failingSince: since,
    failures: failures + 1,
    givenUp: lost,
    restsTo: new Date(now.getTime() + rest),
    end: attempt.gone ? 'gone' : isHopeless ? 'failing' : null,
  }
}
