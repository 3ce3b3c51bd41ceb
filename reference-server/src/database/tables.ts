import type {
  AssistantPolicy,
  AuditEntry,
  Author,
  ConfigurableSettings,
  ConversationStatus,
  FollowUp,
  IdentityKey,
  MemberRole,
} from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { AssistantTables } from './assistant-tables.js'
import type { Defaulted, Fixed } from './columns.js'
import type { DeskTables } from './desk-tables.js'
import type { FileRemovalsTable, FilesTable } from './file-tables.js'
import type { KnowledgeTables } from './knowledge-tables.js'
import type { MailJobsTable, MailStopsTable, MemberNotificationsTable, UrgentPagesTable } from './mail-tables.js'
import type { PaymentTables } from './payment-tables.js'
import type { PushJobsTable, PushSubscriptionsTable, ServerKeysTable } from './push-tables.js'
import type { AgentStatesTable, DepartmentMembersTable, RoutingSettingsTable } from './routing-tables.js'
import type { SeedTables } from './seed-tables.js'
import type { ConversationNotesTable, ConversationTagsTable, SearchEntriesTable, TagsTable } from './team-tables.js'
import type {
  MessageRatingsTable,
  StoredForm,
  VisitorEventsTable,
  VisitorLoginsTable,
  VisitorSessionsTable,
  VisitorsTable,
} from './visitor-tables.js'
import type { WebhookDeliveriesTable, WebhooksTable } from './webhook-tables.js'

export interface OrganizationsTable {
  id: Fixed<string>
  name: string
  /** Of its files, and of those that were deleted since the last one was begun; counted by a trigger. */
  file_bytes: ColumnType<string, never, never>
  /** How long somebody waits until members are mailed, and the team's words until their visitor is. */
  missed_after_minutes: Defaulted<number>
  reply_after_minutes: Defaulted<number>
  /** Whether the server's model writes its answers, drafts and summaries. */
  uses_models: Defaulted<boolean>
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
  /** To the minute; null: never signed in. */
  last_seen_at: Date | null
}

export interface MemberSessionsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  member_id: Fixed<string>
  token_hash: Fixed<Buffer>
  /** As the browser named itself when it signed in. */
  user_agent: string | null
  /** A super admin's visit to another organization: all three, or none. */
  visit_id: string | null
  visited_organization_id: string | null
  visit_reason: string | null
  created_at: Fixed<Date>
  last_seen_at: Date
}

export interface VisitReadsTable {
  organization_id: Fixed<string>
  visit_id: Fixed<string>
  target_id: Fixed<string>
  action: Fixed<string>
  read_at: Fixed<Date>
}

export interface InvitesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  email: Fixed<string>
  role: Fixed<MemberRole>
  token_hash: Fixed<Buffer>
  /** A guest's is not that of the row. Null: the server's host. */
  inviter_organization_id: Fixed<string | null>
  inviter_id: Fixed<string | null>
  created_at: Fixed<Date>
  expires_at: Fixed<Date>
}

export interface PasswordResetsTable {
  organization_id: Fixed<string>
  member_id: Fixed<string>
  token_hash: Buffer
  expires_at: Date
}

export interface ApiTokensTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  member_id: Fixed<string>
  name: string
  token_hash: Fixed<Buffer>
  scopes: Fixed<string[]>
  created_at: Fixed<Date>
  last_used_at: Date | null
  expires_at: Fixed<Date | null>
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
  key: string
  name: string
  settings: JSONColumnType<ConfigurableSettings>
  allowed_origins: string[]
  allow_missing_origin: Defaulted<boolean>
  follow_up: JSONColumnType<FollowUp> | null
  enabled: Defaulted<boolean>
  mail_replies: Defaulted<boolean>
  /** Whether the assistant answers first. */
  assistant: Defaulted<boolean>
  /** Null: as every widget that has said nothing. */
  assistant_policy: JSONColumnType<AssistantPolicy> | null
  previous_key: string | null
  previous_key_until: Date | null
  created_by: string | null
  created_at: Fixed<Date>
  updated_at: Date
}

export interface DepartmentsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  name: string
  description: string
  created_at: Fixed<Date>
  created_by: string | null
}

export interface InstallationsTable {
  organization_id: Fixed<string>
  widget_id: Fixed<string>
  domain: Fixed<string>
  refused: boolean
  version: string | null
  visits: Defaulted<number>
  first_seen_at: Fixed<Date>
  last_seen_at: Date
}

export interface IdentityKeysTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  widget_id: Fixed<string>
  kind: Fixed<IdentityKey['kind']>
  sealed_secret: Fixed<string | null>
  issuer: Fixed<string | null>
  audience: Fixed<string | null>
  jwks_url: Fixed<string | null>
  project_id: Fixed<string | null>
  created_at: Fixed<Date>
  expires_at: Defaulted<Date | null>
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
  form: ColumnType<StoredForm | null, string | undefined, string>
  department_id: Defaulted<string | null>
  rating: Defaulted<number | null>
  rating_comment: Defaulted<string | null>
  rated_at: Defaulted<Date | null>
  transcript_email: Defaulted<string | null>
  transcripts_sent: Defaulted<number>
  /** How often it was over, and how often it went to somebody else; set by a trigger. */
  episode: Defaulted<number>
  owner_version: Defaulted<number>
  /** -1 low, 0 normal, 1 high, 2 urgent. */
  priority: Defaulted<number>
  snoozed_at: Defaulted<Date | null>
  snoozed_until: Defaulted<Date | null>
  notes: Defaulted<number>
  /** Since when it is an agent's, and when that was over; set by a trigger. */
  assigned_at: Defaulted<Date | null>
  handled_at: Defaulted<Date | null>
  /** The wait of which members were told by mail. */
  missed_since: Defaulted<Date | null>
  /** Up to which message the visitor was told by mail, and how often they were. */
  reply_mailed_seq: Defaulted<number>
  reply_mails: Defaulted<number>
  /** The member who has begun it, and their id for it; null: its visitor has. */
  started_by: Defaulted<string | null>
  start_id: Defaulted<string | null>
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
export interface Tables extends SeedTables, DeskTables, KnowledgeTables, AssistantTables, PaymentTables {
  organizations: OrganizationsTable
  members: MembersTable
  member_sessions: MemberSessionsTable
  visit_reads: VisitReadsTable
  invites: InvitesTable
  password_resets: PasswordResetsTable
  api_tokens: ApiTokensTable
  connection_tickets: ConnectionTicketsTable
  widgets: WidgetsTable
  visitors: VisitorsTable
  visitor_logins: VisitorLoginsTable
  visitor_sessions: VisitorSessionsTable
  identity_keys: IdentityKeysTable
  conversations: ConversationsTable
  events: EventsTable
  audit_entries: AuditEntriesTable
  departments: DepartmentsTable
  installations: InstallationsTable
  files: FilesTable
  file_removals: FileRemovalsTable
  message_ratings: MessageRatingsTable
  visitor_events: VisitorEventsTable
  server_keys: ServerKeysTable
  push_subscriptions: PushSubscriptionsTable
  push_jobs: PushJobsTable
  mail_jobs: MailJobsTable
  mail_stops: MailStopsTable
  member_notifications: MemberNotificationsTable
  urgent_pages: UrgentPagesTable
  tags: TagsTable
  conversation_tags: ConversationTagsTable
  conversation_notes: ConversationNotesTable
  routing_settings: RoutingSettingsTable
  agent_states: AgentStatesTable
  department_members: DepartmentMembersTable
  webhooks: WebhooksTable
  webhook_deliveries: WebhookDeliveriesTable
  search_entries: SearchEntriesTable
}
