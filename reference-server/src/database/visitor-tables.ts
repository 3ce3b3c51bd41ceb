import type { ConversationVisitor, TrackedEvent, VisitorAccount, VisitorProof, VisitorTraits } from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

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

export interface VisitorsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  token_hash: Buffer
  /** As the site has proved it. */
  name: string | null
  /** The id of a verified user at the site. */
  external_id: ColumnType<string | null, string | undefined, never>
  email: Defaulted<string | null>
  /** What the site has signed of their account, by the last token that was verified. */
  account: ColumnType<VisitorAccount | null, string | null | undefined, string | null>
  created_at: Fixed<Date>
  last_seen_at: Date
}

export interface VisitorLoginsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  visitor_id: Fixed<string>
  token_hash: Buffer
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
  /** What its page has said of the visitor. Claims. */
  traits: ColumnType<VisitorTraits | null, string | undefined, string>
  /** Of a verified user; the three stand together. */
  login_id: Defaulted<string | null>
  proof: Defaulted<VisitorProof | null>
  /** What proved it; null once that is gone, and the session says nothing any more. */
  identity_key_id: Defaulted<string | null>
  /** Its visitor has signed in, and goes on there. */
  successor_id: Defaulted<string | null>
  /** Null: with the session. */
  token_ends_at: Defaulted<Date | null>
  token_salt: Defaulted<Buffer>
  token_number: Defaulted<number>
  previous_token_hash: Defaulted<Buffer | null>
  previous_send_token_hash: Defaulted<Buffer | null>
  /** Null: the newest. */
  live_conversation_id: Defaulted<string | null>
  form: ColumnType<StoredForm | null, string | undefined, string>
  department_id: Defaulted<string | null>
  locale: Defaulted<string | null>
  signed_out: Defaulted<boolean>
}
