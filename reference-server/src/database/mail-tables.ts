import type { NotificationSettings } from '@chatdesk/protocol'
import type { JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

/** What a mail is about. */
export type MailKind = 'invite' | 'reset' | 'transcript' | 'missed' | 'assigned' | 'mentioned' | 'reply' | 'urgent'

export interface MailJobsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  kind: Fixed<MailKind>
  member_id: Fixed<string | null>
  conversation_id: Fixed<string | null>
  seq: Fixed<number | null>
  content: Fixed<string>
  attempts: Defaulted<number>
  created_at: Fixed<Date>
  due_at: Date
  give_up_at: Fixed<Date>
}

export interface MemberNotificationsTable {
  organization_id: Fixed<string>
  member_id: Fixed<string>
  settings: JSONColumnType<NotificationSettings>
}

/** Whom a hand-off calls at once (B17). */
export interface UrgentPagesTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  owner_version: Fixed<number>
  member_ids: Fixed<string[]>
  paged_at: Fixed<Date>
  due_at: Date | null
}

export interface MailStopsTable {
  organization_id: Fixed<string>
  address_hash: Fixed<Buffer>
  created_at: Fixed<Date>
}
