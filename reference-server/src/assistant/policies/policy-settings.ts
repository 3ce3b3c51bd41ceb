import type { AssistantPolicy } from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import type { BandThresholds } from '../confidence/confidence.js'
import { BUILT_IN_KEYWORDS, type Keyword } from './keywords.js'

/** What the rules go by. */
export interface PolicySettings extends BandThresholds {
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

const HOUR_MS = 3_600_000

/** What a widget has said of its policies, as the rules take it. */
export function policyOf(said: AssistantPolicy): PolicySettings {
  const { answerAt, suggestAt, ticketHours, keywords, builtInKeywords, ...rest } = said
  const own = keywords.map((phrase): Keyword => ({ phrase, kind: 'alarm' }))
  return {
    ...rest,
    ...{ tauHigh: answerAt, tauLow: suggestAt, ticketAgeMs: ticketHours * HOUR_MS },
    keywords: builtInKeywords ? [...own, ...BUILT_IN_KEYWORDS] : own,
  }
}

/** Of a widget that has said nothing. */
export const DEFAULT_POLICY: PolicySettings = policyOf(DEFAULT_ASSISTANT_POLICY)
