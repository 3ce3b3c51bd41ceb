import type { AppointmentStatus, KnowledgeEntry, KnowledgeEntryChanges, LeadStatus } from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

/** A day, `2026-12-24`: written as it stands; read it as text, for a driver makes a moment in its own time zone of it. */
type Day = ColumnType<never, string, never>

/** What members have written of an entry. */
export type StoredEntryContent = Pick<
  KnowledgeEntry,
  'question' | 'phrasings' | 'answer' | 'category' | 'keywords' | 'language' | 'enabled' | 'url' | 'published'
>

export interface KnowledgeEntriesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  question: string
  phrasings: string[]
  answer: string
  category: string
  keywords: string[]
  language: string
  enabled: boolean
  url: Defaulted<string | null>
  published: Defaulted<boolean>
  draft: JSONColumnType<KnowledgeEntryChanges, string, string> | null
  version: Defaulted<number>
  indexed_as: Defaulted<number>
  created_at: Fixed<Date>
  updated_at: Date
  created_by: string | null
}

export interface AnswerSourcesTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  seq: Fixed<number>
  place: Fixed<number>
  knowledge_entry_id: Fixed<string | null>
  confidence: Fixed<number>
}

export interface LeadsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string | null>
  name: string | null
  email: string | null
  phone: string | null
  source: Defaulted<string>
  page_url: string | null
  referrer: string | null
  utm: JSONColumnType<Record<string, string>, string | undefined>
  status: Defaulted<LeadStatus>
  assigned_to: string | null
  notes: Defaulted<string>
  created_at: Fixed<Date>
  updated_at: Date
}

export interface AppointmentsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  conversation_id: Fixed<string>
  lead_id: string | null
  name: string
  email: string | null
  phone: string | null
  subject: string
  preferred_date: ColumnType<never, string, string>
  preferred_time: string | null
  time_zone: string
  status: Defaulted<AppointmentStatus>
  notes: Defaulted<string>
  created_at: Fixed<Date>
  updated_at: Date
}

export interface SpamRulesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  kind: Fixed<'word' | 'pattern' | 'links' | 'rate' | 'network' | 'device_hint'>
  value: string
  action: 'slow' | 'prove' | 'refuse' | 'block'
  enabled: Defaulted<boolean>
  times_matched: Defaulted<number>
  last_matched_at: Date | null
  created_at: Fixed<Date>
  created_by: string | null
}

/** What is counted of a widget's day. */
type Count =
  | 'conversations'
  | 'completed'
  | 'abandoned'
  | 'spam'
  | 'visitor_messages'
  | 'agent_messages'
  | 'assistant_messages'
  | 'first_responses'
  | 'leads'
  | 'leads_converted'
  | 'email_handoffs'
  | 'phone_handoffs'
  | 'assistant_handoffs'
  | 'appointments'
  | 'ratings'
  | 'rating_sum'
  | 'helpful'
  | 'not_helpful'
  | 'answers'
  | 'confidence_sum'
  | 'unanswered'

export interface WidgetDaysTable extends Record<Count, Defaulted<number>> {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  date: Day
  /** A `bigint`, which a driver reads as text. */
  first_response_ms: ColumnType<string, number | undefined, number>
  computed_at: Date
}

/** The tables of migration 0014. */
export interface SeedTables {
  knowledge_entries: KnowledgeEntriesTable
  answer_sources: AnswerSourcesTable
  leads: LeadsTable
  appointments: AppointmentsTable
  spam_rules: SpamRulesTable
  widget_days: WidgetDaysTable
}
