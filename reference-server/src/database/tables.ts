import type { AuditEntry, Author, ConversationStatus, FollowUp, MemberRole, TabMode } from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'
import type { SeedTables } from './seed-tables.js'

export interface OrganizationsTable {
  id: Fixed<string>
  name: string
  created_at: Fixed<Date>
}

export interface MembersTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  email: string
  name: string
  role: MemberRole
  password_hash: string
  created_at: Fixed<Date>
}

export interface MemberSessionsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  member_id: Fixed<string>
  token_hash: Fixed<Buffer>
  created_at: Fixed<Date>
  last_seen_at: Date
}

export interface ConnectionTicketsTable {
  organization_id: Fixed<string>
  ticket_hash: Fixed<Buffer>
  member_session_id: Fixed<string>
  origin: Fixed<string | null>
  expires_at: Fixed<Date>
}

export interface WidgetsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  key: Fixed<string>
  name: string
  primary_color: string
  position: 'bottom-right' | 'bottom-left'
  greeting: string
  allowed_origins: string[]
  allow_missing_origin: Defaulted<boolean>
  follow_up: JSONColumnType<FollowUp> | null
  tabs: TabMode
  created_at: Fixed<Date>
}

export interface VisitorsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  token_hash: Buffer
  name: string | null
  created_at: Fixed<Date>
  last_seen_at: Date
}

export interface VisitorSessionsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  visitor_id: Fixed<string>
  widget_id: Fixed<string>
  token_hash: Buffer
  send_token_hash: Buffer | null
  origin: Fixed<string | null>
  tab_id: Fixed<string | null>
  shared: ColumnType<boolean, boolean | undefined, never>
  page_url: string | null
  referrer: string | null
  user_agent: string | null
  /** Salted by organization: two of them share no value of one browser (threat 84). */
  device_hint: Buffer | null
  device_type: string | null
  browser: string | null
  os: string | null
  language: string | null
  country: string | null
  city: string | null
  created_at: Fixed<Date>
  last_seen_at: Date
  expires_at: Date
}

export interface ConversationsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  visitor_id: Fixed<string>
  session_id: Fixed<string>
  widget_id: Fixed<string>
  client_conversation_id: Fixed<string>
  status: ConversationStatus
  agent_id: string | null
  head_seq: number
  version: number
  visitor_read_seq: number
  team_read_seq: number
  unread_count: number
  waiting_since: Date | null
  last_message_author: JSONColumnType<Author> | null
  last_message_text: string | null
  last_message_at: Date | null
  page_url: Fixed<string | null>
  created_at: Fixed<Date>
  updated_at: Date
  listed_at: Date
  version_at: Defaulted<Date>
  follow_up_at: Date | null
  followed_up: Defaulted<boolean>
  lead_id: string | null
}

export interface EventsTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  seq: Fixed<number>
  id: Fixed<string>
  type: Fixed<'message.created' | 'conversation.changed'>
  author_id: Fixed<string>
  client_message_id: Fixed<string | null>
  body: JSONColumnType<object, never, never>
  created_at: Fixed<Date>
}

export interface AuditEntriesTable {
  organization_id: Fixed<string>
  seq: Fixed<number>
  content: ColumnType<AuditEntry, string, never>
  hash: Fixed<Buffer>
}

/** Every table, as Kysely reads it. Their meaning is in the migrations. */
export interface Tables extends SeedTables {
  organizations: OrganizationsTable
  members: MembersTable
  member_sessions: MemberSessionsTable
  connection_tickets: ConnectionTicketsTable
  widgets: WidgetsTable
  visitors: VisitorsTable
  visitor_sessions: VisitorSessionsTable
  conversations: ConversationsTable
  events: EventsTable
  audit_entries: AuditEntriesTable
}
