import type { PaymentAccount as AccountEntity } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { PaymentAccount } from '../accounts/payment-account.js'

/** Where the webhooks of an account are sent, from the server's mount point on. */
const webhookPath = (endpointId: string) => `/api/payments/hooks/razorpay/${endpointId}`

/** An account as whoever is in charge sees it: no secret of it. */
export async function toAccount(query: Kysely<Tables>, row: PaymentAccount): Promise<AccountEntity> {
  const { rows } = await sql<{ last: Date | null }>`
    select max(received_at) as last from payment_webhooks
    where organization_id = ${row.organization_id}::uuid and account_id = ${row.id}::uuid`.execute(query)
  return {
    ...{ provider: row.provider, mode: row.mode, keyId: row.key_id, webhookPath: webhookPath(row.endpoint_id) },
    lastWebhookAt: rows[0]?.last?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
