import type { WebhookDelivery, WebhookEventType, WebhookPayload } from '@chatdesk/protocol'
import type { ColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

export interface WebhooksTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  url: string
  events: WebhookEventType[]
  sealed_secret: string
  sealed_previous_secret: Defaulted<string | null>
  previous_secret_until: Defaulted<Date | null>
  enabled: Defaulted<boolean>
  disabled_reason: Defaulted<'gone' | 'failing' | null>
  failing_since: Defaulted<Date | null>
  /** Attempts that have failed since the last that did not. */
  failures: Defaulted<number>
  /** Deliveries given up since then. */
  given_up: Defaulted<number>
  /** Until then nothing is sent there, because it fails. */
  rests_to: Defaulted<Date | null>
  created_at: Fixed<Date>
}

export interface WebhookDeliveriesTable {
  organization_id: Fixed<string>
  webhook_id: Fixed<string>
  id: Fixed<string>
  type: Fixed<WebhookPayload['type']>
  conversation_id: Fixed<string | null>
  seq: Fixed<number | null>
  detail: ColumnType<{ score: number; comment: string | null } | null, never, never>
  body: string | null
  state: Defaulted<WebhookDelivery['state']>
  attempts: Defaulted<number>
  next_at: Date | null
  under_way: Defaulted<boolean>
  attempted_at: Date | null
  duration_ms: number | null
  status: number | null
  error: WebhookDelivery['error']
  response: string | null
  created_at: Fixed<Date>
}
