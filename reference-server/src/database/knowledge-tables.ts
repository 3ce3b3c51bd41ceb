import type { GeneratedAlways, JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'
import type { StoredEntryContent } from './seed-tables.js'

export interface KnowledgeVersionsTable {
  organization_id: Fixed<string>
  entry_id: Fixed<string>
  version: Fixed<number>
  content: JSONColumnType<StoredEntryContent, string, never>
  changed_by: string | null
  changed_at: Fixed<Date>
}

export interface KnowledgeChunksTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  entry_id: Fixed<string>
  place: Fixed<number>
  dictionary: Fixed<string>
  text: Fixed<string>
  words: Fixed<string[]>
  title_words: Fixed<string[]>
  asked_words: Fixed<string[]>
  title_weight: Fixed<number>
}

/** Written by the triggers of migration 0030, like the two below. */
export interface KnowledgeLexemesTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  lexeme: Fixed<string>
  entry_id: Fixed<string>
  place: Fixed<number>
  times: Fixed<number>
  title: Fixed<number>
  length: Fixed<number>
}

export interface KnowledgeWordsTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  word: Fixed<string>
  chunks: number
}

export interface KnowledgeTotalsTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  dictionary: Fixed<string>
  chunks: number
  words: number
}

export interface KnowledgeGapsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  /** Normalized: what is the same question has the same. */
  asked: Fixed<string>
  question: string
  language: string
  times: Defaulted<number>
  status: Defaulted<'open' | 'dismissed' | 'answered'>
  entry_id: string | null
  first_at: Fixed<Date>
  last_at: Date
}

export interface KnowledgeGoldenQuestionsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  question: Fixed<string>
  entry_id: string
  created_at: Fixed<Date>
  created_by: string | null
}

/** A vector of a chunk, or the wish for one. */
export interface KnowledgeVectorsTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  entry_id: Fixed<string>
  place: Fixed<number>
  model: Fixed<string>
  /** Rises; a driver reads a `bigint` as text. */
  id: GeneratedAlways<string>
  /** Numbers of 32 bits, the lowest byte first, together of length 1. Null: it is still to be made. */
  vector: Buffer | null
  /** How often that has failed. */
  attempts: Defaulted<number>
  /** When it is tried, or tried again; null: there is a vector. */
  next_at: Date | null
  begun_at: Fixed<Date>
}

/** The tables of migrations 0030 and 0036. */
export interface KnowledgeTables {
  knowledge_versions: KnowledgeVersionsTable
  knowledge_chunks: KnowledgeChunksTable
  knowledge_lexemes: KnowledgeLexemesTable
  knowledge_words: KnowledgeWordsTable
  knowledge_totals: KnowledgeTotalsTable
  knowledge_gaps: KnowledgeGapsTable
  knowledge_golden_questions: KnowledgeGoldenQuestionsTable
  knowledge_vectors: KnowledgeVectorsTable
}
