import type { Defaulted, Fixed } from './columns.js'

export interface ServerKeysTable {
  name: Fixed<string>
  public_key: Fixed<string>
  sealed_private_key: Fixed<string>
  created_at: Fixed<Date>
}

export interface PushSubscriptionsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  /** A visitor's, or a member's in one of their sign-ins. */
  visitor_id: string | null
  member_id: Defaulted<string | null>
  member_session_id: Defaulted<string | null>
  login_id: string | null
  endpoint_hash: Fixed<Buffer>
  sealed_subscription: string
  label: string
  created_at: Date
}

export interface PushJobsTable {
  organization_id: Fixed<string>
  subscription_id: Fixed<string>
  conversation_id: Fixed<string>
  seq: number
  /** Why: a message, or what only members hear of. */
  reason: Defaulted<'message' | 'new' | 'assigned' | 'mentioned' | 'urgent'>
  attempts: Defaulted<number>
  created_at: Date
  due_at: Date | null
}
