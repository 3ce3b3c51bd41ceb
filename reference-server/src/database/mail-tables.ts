import type { NotificationSettings } from '@chatdesk/protocol'
import type { JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

/** What a mail is about. */
export type MailKind = 'invite' | 'reset' | 'transcript' | 'missed' | 'assigned' | 'mentioned' | 'reply'

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

export interface MailStopsTable {
  organization_id: Fixed<string>
  address_hash: Fixed<Buffer>
  created_at: Fixed<Date>
}
