import type { Priority } from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Fixed } from './columns.js'

/** A phase of the floor that is the assistant's; see `assistant/floor`. */
export interface StoredPhase {
  name: 'bot_thinking' | 'waiting' | 'offline'
  turnId?: string
  messageIds?: readonly string[]
  /** Of a hand-off whose ticket could not be made; `until` says when that is tried again. */
  owed?: OwedTicket
}

/** A ticket that is to be made. */
export interface OwedTicket {
  id: string
  title: string
  description: string
  priority: Priority
}

export interface AssistantFloorsTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  owner_version: number
  phase: JSONColumnType<StoredPhase>
  until: Date | null
}

export interface AssistantTurnsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  conversation_id: Fixed<string>
  episode: Fixed<number>
  rule: Fixed<string>
  action: Fixed<string>
  reason: Fixed<string>
  inputs: JSONColumnType<Record<string, unknown>, string, never>
  band: Fixed<'high' | 'middle' | 'low' | null>
  /** What was said, as `loop-control` compares it. */
  answer: Fixed<string | null>
  /** Of the assistant's message. */
  seq: number | null
  decided_at: Fixed<Date>
}

/** What has come of what a model was asked for: an answer, or `embedded`, vectors. */
export type UsageOutcome = 'reserved' | 'answered' | 'downgraded' | 'unfinished' | 'failed' | 'stopped' | 'embedded'

export interface AssistantUsageTable {
  organization_id: Fixed<string>
  /** By UTC, `2026-01-31`. */
  day: Fixed<string>
  id: Fixed<string>
  conversation_id: string | null
  provider: Fixed<string>
  model: Fixed<string>
  prompt_tokens: number
  completion_tokens: number
  /** The provider has not said it. */
  estimated: boolean
  /** In millionths of a unit of the currency; null, both: the model had no price. */
  cost_micro: ColumnType<string | null, number | null, number | null>
  currency: Fixed<string | null>
  outcome: UsageOutcome
  code: string | null
  /** Milliseconds. */
  first_token_ms: number | null
  latency_ms: number | null
  begun_at: Fixed<Date>
}

/** The tables of migrations 0031, 0032 and 0038. */
export interface AssistantTables {
  assistant_usage: AssistantUsageTable
  assistant_floors: AssistantFloorsTable
  assistant_turns: AssistantTurnsTable
}
