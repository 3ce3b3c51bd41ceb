/** Why a member hears of a conversation; a visitor hears of messages only. */
export type PushReason = 'message' | 'new' | 'assigned' | 'mentioned' | 'urgent'

/** A job that this process has taken. */
export interface PushJob {
  organization_id: string
  subscription_id: string
  conversation_id: string
  seq: number
  reason: PushReason
  attempts: number
  created_at: Date
}
