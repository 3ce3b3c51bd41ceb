import { ChatError, type WebhookDelivery } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { holdEnabledWebhook, type WhichWebhook } from './webhooks.js'

/** A page of what a webhook was told, and is to be told: the newest first. */
export async function listDeliveries(
  query: Kysely<Tables>,
  { organizationId, webhookId }: WhichWebhook,
  input: { state?: WebhookDelivery['state'] | undefined; limit: number; cursor?: string | undefined },
): Promise<{ deliveries: WebhookDelivery[]; nextCursor: string | null }> {
  const { state, limit, cursor } = input
  const webhook = await query
    .selectFrom('webhooks')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', webhookId)
    .executeTakeFirst()
  if (!webhook) throw new ChatError('NOT_FOUND', 'No such webhook.')
  const rows = await query
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('webhook_id', '=', webhookId)
    .$if(state !== undefined, (q) => q.where('state', '=', state ?? 'pending'))
    .$if(cursor !== undefined, (q) => q.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { deliveries: page.map(deliveryOf), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** Notes a ping, which is sent once. */
export async function addPing(
  transaction: Transaction<Tables>,
  { organizationId, webhookId, id, now }: WhichWebhook & { id: string; now: Date },
): Promise<WebhookDelivery> {
  await holdEnabledWebhook(transaction, { organizationId, webhookId })
  const row = await transaction
    .insertInto('webhook_deliveries')
    .values({
      ...{ organization_id: organizationId, webhook_id: webhookId, id, type: 'ping', created_at: now, next_at: now },
      ...{ conversation_id: null, seq: null },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return deliveryOf(row)
}

/** Has a delivery sent again, under its id and with the body that it has; one that is under way goes on as it is. */
export async function replayDelivery(
  transaction: Transaction<Tables>,
  { organizationId, webhookId, deliveryId, now }: WhichWebhook & { deliveryId: string; now: Date },
): Promise<WebhookDelivery> {
  await holdEnabledWebhook(transaction, { organizationId, webhookId })
  const row = await transaction
    .updateTable('webhook_deliveries')
    .set((of) => ({
      state: 'pending',
      attempts: of.case().when('under_way', '=', true).then(of.ref('attempts')).else(0).end(),
      next_at: of.case().when('under_way', '=', true).then(of.ref('next_at')).else(now).end(),
    }))
    .where('organization_id', '=', organizationId)
    .where('webhook_id', '=', webhookId)
    .where('id', '=', deliveryId)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such delivery.')
  return deliveryOf(row)
}

function deliveryOf(row: Selectable<Tables['webhook_deliveries']>): WebhookDelivery {
  const { id, type, state, attempts, status, error, response, body } = row
  return {
    ...{ id, type, conversationId: row.conversation_id, state, attempts },
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    attemptedAt: row.attempted_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    ...{ status, error, response, body },
  }
}
