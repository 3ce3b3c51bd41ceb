import type { Classification } from '../classification/classify.js'
import type { Confidence } from '../confidence/confidence.js'
import type { LoopState } from './loop-control.js'
import type { PolicySettings } from './policy-settings.js'
import type { Refusal } from './refusals.js'

/** All that a decision rests on. Nothing else is looked at: the same context is decided the same way. */
export interface PolicyContext {
  settings: PolicySettings
  text: string
  classification: Classification
  /** What was pressed in place of writing, if anything was. */
  pressed: 'talk_to_person' | 'leave_details' | 'not_helpful' | null
  /** Scores of the visitor's messages of this episode whose mood is known, this one last, from -1 to 1. */
  moods: readonly number[]
  /** How often a person was asked for earlier in this episode. */
  humanRequests: number
  loop: LoopState
  /** The answer that would be given, for the loop's sake; null: none yet. */
  nextAnswer: string | null
  /** Null: nothing was looked up yet. */
  confidence: Confidence | null
  /** Ages of the visitor's open tickets, in milliseconds. */
  openTickets: readonly number[]
  /** An agent has given this conversation back: what had called for them calls no more. */
  handedBack: boolean
  /** They are known already: they are not asked again. */
  leadKnown: boolean
  /** Somebody of the team is there. */
  teamOnline: boolean
  /** `failed`: it was asked, and has written nothing. */
  provider: 'ready' | 'budget_spent' | 'breaker_open' | 'failed' | 'none'
}

/** The rules by their names; A: the ordinary course of things. */
export type RuleId = 'E1' | 'E2' | 'E3' | 'E4' | 'L1' | 'C1' | 'G1' | 'G2' | 'P1' | 'A1' | 'A2' | 'A3'

/** What is to be done. */
export type Action =
  | { kind: 'hand_off'; priority: 'normal' | 'high' | 'urgent'; page: boolean }
  /** The safety text, and a person: both, and at once. */
  | { kind: 'safety' }
  | { kind: 'refuse'; refusal: Refusal }
  /** Answered with the server's own fact, never with a text. */
  | { kind: 'payment_status' }
  /** `first`: what is said before the form. */
  | { kind: 'lead_form'; first: 'answer' | 'suggestions' | null }
  | { kind: 'not_known'; offer: 'person' | 'form' }
  | { kind: 'look_up' }
  /** `generate`: a provider may put it in words. */
  | { kind: 'answer'; generate: boolean }
  | { kind: 'suggest' }

/** What a rule says; null: it has nothing to say. */
export type Verdict = { action: Action; reason: string } | null

/** One of the ordered rules. */
export interface Rule {
  id: RuleId
  decide: (context: PolicyContext) => Verdict
}

/** What was decided, by which rule and why, and what it rested on: as it is logged. No text of a visitor's is in it. */
export interface Decision {
  rule: RuleId
  action: Action
  reason: string
  inputs: DecisionInputs
}

/** What is logged of a context: numbers and names. */
export interface DecisionInputs {
  language: string
  intents: string[]
  human: number
  lead: number
  mood: number | null
  repeated: boolean
  pressed: PolicyContext['pressed']
  probability: number | null
  band: string | null
  openTickets: number
  turnsWithoutProgress: number
  middleTurns: number
  teamOnline: boolean
  provider: PolicyContext['provider']
}
