/** How long a mail is tried, in milliseconds. */
export const KEPT_MS = 3 * 24 * 3_600_000

/** The first wait after a failure, in milliseconds; each further one is twice as long, up to the longest. */
const FIRST_MS = 10_000
const LONGEST_MS = 30 * 60_000

/**
 * How long to wait after so many failed attempts, in milliseconds; `random`: from 0 to 1. Up to half of it is left to chance,
 * so that what failed together is not tried together.
 */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1))
  return Math.round(wait * (0.5 + random / 2))
}

/** What became of an attempt: the next server has it · this mail will never be taken · not now. */
export type MailOutcome = 'sent' | 'refused' | 'later'

/**
 * Whether a failure is for good. Only a 5xx answer to this mail's recipient or content is: one to the greeting, to our password or
 * to our address means that something is wrong with the server or its settings, which somebody will put right.
 */
export function outcomeOfFailure(error: unknown): 'refused' | 'later' {
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown }
  const isOfThisMail = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE'
  return isOfThisMail && typeof responseCode === 'number' && responseCode >= 500 ? 'refused' : 'later'
}
