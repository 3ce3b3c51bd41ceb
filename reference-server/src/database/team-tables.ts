import type { ColumnType } from 'kysely'
import type { Fixed } from './columns.js'

export interface TagsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  name: string
  created_at: Fixed<Date>
  created_by: string | null
}

export interface ConversationTagsTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  tag_id: Fixed<string>
}

export interface ConversationNotesTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  id: Fixed<string>
  member_id: string | null
  member_name: Fixed<string>
  text: Fixed<string>
  mentions: Fixed<string[]>
  after_seq: Fixed<number>
  created_at: Fixed<Date>
}

/** What can be searched; written by triggers alone (0024). */
export interface SearchEntriesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  kind: Fixed<'message' | 'note' | 'visitor' | 'session'>
  subject_id: Fixed<string>
  seq: Fixed<number | null>
  words: ColumnType<string, never, never>
}
