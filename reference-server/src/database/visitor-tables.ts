import type { ConversationVisitor, TrackedEvent } from '@chatdesk/protocol'
import type { JSONColumnType } from 'kysely'
import type { Fixed } from './columns.js'

/** What a visitor has answered to a form, and agreed to. */
export type StoredForm = NonNullable<ConversationVisitor['form']>

export interface MessageRatingsTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  seq: Fixed<number>
  helpful: boolean
  rated_at: Date
}

export interface VisitorEventsTable {
  organization_id: Fixed<string>
  session_id: Fixed<string>
  id: Fixed<string>
  body: JSONColumnType<TrackedEvent, string, never>
  created_at: Fixed<Date>
}
