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
  /** In place of writing, the visitor has said that what they were told did not help. */
  unhelpful: boolean
  /** Scores of the visitor's messages of this episode whose mood is known, this one last, from -1 to 1. */
  moods: readonly number[]
  /** The assistant's last words were whether a person is wanted. */
  personOffered: boolean
  /** How often it was said in this episode that something is not known. */
  timesNotKnown: number
  /** It was said in this episode that the visitor's anger is seen. */
  acknowledged: boolean
  loop: LoopState
  /** The answer that would be given, for the loop's sake; null: none yet. */
  nextAnswer: string | null
  /** Null: nothing was looked up yet. */
  confidence: Confidence | null
  /** Ages of the visitor's open tickets, in milliseconds. */
  openTickets: readonly number[]
  /** They are known already, or were asked in this episode: they are not asked again. */
  leadKnown: boolean
  /** The message is a way to reach its visitor, and nothing else; null: it is something else. */
  contact: { promised: Promised | null } | null
  /** Somebody of the team is there. */
  teamOnline: boolean
  /**
   * `failed`: it was asked, and has written nothing; `declined`: it would not, or nothing of what it wrote holds; `switched_off`:
   * the organization wants none, as on a server that has none.
   */
  provider: 'ready' | 'budget_spent' | 'breaker_open' | 'failed' | 'declined' | 'switched_off' | 'none'
}

/** What was promised to whoever leaves a way to be reached. `lead`: a call or a mail; `team`: an answer to what was asked. */
export type Promised = 'lead' | 'team'

/** The rules by their names; A: the ordinary course of things. */
export type RuleId = 'E1' | 'E2' | 'E3' | 'E4' | 'L1' | 'C1' | 'G1' | 'G2' | 'P1' | 'A1' | 'A2' | 'A3'

/** What is to be done. */
export type Action =
  | { kind: 'hand_off'; priority: 'normal' | 'high' | 'urgent' }
  /** The safety text, and a person: both, and at once. */
  | { kind: 'safety' }
  | { kind: 'refuse'; refusal: Refusal }
  /** Answered with the server's own fact, never with a text. */
  | { kind: 'payment_status' }
  /** `first`: what is said before the form. */
  | { kind: 'lead_form'; first: 'answer' | 'suggestions' | null }
  /** What a visitor has left is kept, and they are told so. */
  | { kind: 'contact'; promised: Promised | null }
  /** `again`: it was said in this episode before. */
  | { kind: 'not_known'; offer: 'person' | 'form'; again: boolean }
  | { kind: 'not_helpful'; offer: 'person' | 'form' }
  /** That somebody is angry is seen and a person offered; `first`: what is said before that. */
  | { kind: 'acknowledge'; first: 'answer' | null }
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
  unhelpful: boolean
  probability: number | null
  band: string | null
  openTickets: number
  turnsWithoutProgress: number
  middleTurns: number
  teamOnline: boolean
  provider: PolicyContext['provider']
}
