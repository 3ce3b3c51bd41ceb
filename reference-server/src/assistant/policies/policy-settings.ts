import { type BandThresholds, DEFAULT_THRESHOLDS } from '../confidence/confidence.js'
import { DEFAULT_KEYWORDS, type Keyword } from './keywords.js'

/** What an organization may set of its policies. */
export interface PolicySettings extends BandThresholds {
  /** E1: how probable it must be that a person is asked for, 0 to 1. */
  humanAt: number
  /** E1: as much is enough the second time. */
  humanAgainAt: number
  /** E2: a mood at or below this one is bad, -1 to 1. */
  moodAt: number
  /** E3: so many open tickets are too many; one is enough if it is older than `ticketAgeMs`. */
  openTickets: number
  ticketAgeMs: number
  /** E4. */
  keywords: readonly Keyword[]
  /** L1: how probable it must be that a customer is to be won, 0 to 1. */
  leadAt: number
  /** C1: so many turns in the middle band, one after another, are enough. */
  middleTurns: number
  /** G1: so many turns without progress, one after another, are enough. */
  turnsWithoutProgress: number
}

/** Of an organization that has said nothing. */
export const DEFAULT_POLICY: PolicySettings = {
  ...DEFAULT_THRESHOLDS,
  humanAt: 0.6,
  humanAgainAt: 0.3,
  moodAt: -0.5,
  openTickets: 2,
  ticketAgeMs: 48 * 60 * 60_000,
  keywords: DEFAULT_KEYWORDS,
  leadAt: 0.6,
  middleTurns: 2,
  turnsWithoutProgress: 4,
}
