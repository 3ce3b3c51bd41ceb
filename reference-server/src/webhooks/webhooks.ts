import { ChatError, type Webhook, type WebhookEventType } from '@chatdesk/protocol'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { refusalOf } from '../platform/public-request.js'
import type { Sealer } from '../platform/sealed.js'
import { makeSecret } from './secrets.js'

/** An organization has at most so many: each costs a row for every event. */
const MOST_WEBHOOKS = 10
/** How long a previous secret signs as well, in milliseconds. */
const ROTATION_MS = 24 * 3_600_000

/** Which webhook. */
export interface WhichWebhook {
  organizationId: string
  webhookId: string
}

/** What is absent stays. */
export interface WebhookUpdate {
  url?: string | undefined
  events?: readonly WebhookEventType[] | undefined
  enabled?: boolean | undefined
}

/** What checks and seals. */
export interface WebhookRules {
  sealer: Sealer
  /** For development and tests: receivers may stand anywhere, and speak plain http. */
  allowPrivateWebhooks: boolean
}

/** An organization's webhooks, the oldest first. */
export async function listWebhooks(query: Kysely<Tables>, organizationId: string, now: Date): Promise<Webhook[]> {
  const rows = await query
    .selectFrom('webhooks')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .execute()
  return rows.map((row) => webhookOf(row, now))
}

/** Makes a webhook. Its secret is in this answer, and sealed in the table. */
export async function createWebhook(
  transaction: Transaction<Tables>,
  { sealer, allowPrivateWebhooks }: WebhookRules,
  input: {
    organizationId: string
    id: string
    url: string
    events: readonly WebhookEventType[]
    now: Date
  },
): Promise<{ webhook: Webhook; secret: string }> {
  const { organizationId, id, url, events, now } = input
  requireAddress(url, allowPrivateWebhooks)
  // Of two that come at once the second counts the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${organizationId}`}, 0))`.execute(transaction)
  const { count } = await transaction
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_WEBHOOKS) throw new ChatError('FORBIDDEN', `There are ${MOST_WEBHOOKS} webhooks already.`)
  const { secret, sealed } = makeSecret(sealer, organizationId, id)
  const row = await transaction
    .insertInto('webhooks')
    .values({
      ...{ organization_id: organizationId, id, url, events: distinct(events), sealed_secret: sealed },
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { webhook: webhookOf(row, now), secret }
}

/** Changes a webhook; answers with it as it was and as it is. One that is switched on again begins anew, well. */
export async function updateWebhook(
  transaction: Transaction<Tables>,
  { allowPrivateWebhooks }: Pick<WebhookRules, 'allowPrivateWebhooks'>,
  which: WhichWebhook,
  { url, events, enabled }: WebhookUpdate,
  now: Date,
): Promise<{ before: Webhook; after: Webhook }> {
  if (url !== undefined) requireAddress(url, allowPrivateWebhooks)
  const before = await holdWebhook(transaction, which)
  const begins = (enabled === true && !before.enabled) || (url !== undefined && url !== before.url)
  const row = await rowOf(transaction, which)
    .set({
      ...(url === undefined ? {} : { url }),
      events: events === undefined ? before.events : distinct(events),
      ...(enabled === undefined ? {} : { enabled, disabled_reason: null }),
      ...(begins ? { failing_since: null, failures: 0, given_up: 0, rests_to: null } : {}),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { before: webhookOf(before, now), after: webhookOf(row, now) }
}

/** Takes a webhook away, with what it was still to be told. */
export async function deleteWebhook(transaction: Transaction<Tables>, which: WhichWebhook): Promise<{ url: string }> {
  // With all that it was told in 30 days.
  await sql`set local statement_timeout = 0`.execute(transaction)
  const row = await transaction
    .deleteFrom('webhooks')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.webhookId)
    .returning('url')
    .executeTakeFirst()
  if (!row) throw noWebhook()
  return row
}

/** Gives a webhook another secret, told in this answer; the one that it had signs as well for a day (Z3). */
export async function rotateSecret(
  transaction: Transaction<Tables>,
  { sealer }: Pick<WebhookRules, 'sealer'>,
  which: WhichWebhook,
  now: Date,
): Promise<{ webhook: Webhook; secret: string }> {
  const before = await holdWebhook(transaction, which)
  const { secret, sealed } = makeSecret(sealer, which.organizationId, which.webhookId)
  const row = await rowOf(transaction, which)
    .set({
      sealed_secret: sealed,
      sealed_previous_secret: before.sealed_secret,
      previous_secret_until: new Date(now.getTime() + ROTATION_MS),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { webhook: webhookOf(row, now), secret }
}

/** Holds a webhook that is switched on, for what is to be sent to it. */
export async function holdEnabledWebhook(transaction: Transaction<Tables>, which: WhichWebhook): Promise<void> {
  const { enabled } = await holdWebhook(transaction, which)
  if (!enabled) throw new ChatError('FORBIDDEN', 'This webhook is switched off.')
}

async function holdWebhook(
  transaction: Transaction<Tables>,
  { organizationId, webhookId }: WhichWebhook,
): Promise<Selectable<Tables['webhooks']>> {
  const row = await transaction
    .selectFrom('webhooks')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', webhookId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw noWebhook()
  return row
}

function rowOf(transaction: Transaction<Tables>, { organizationId, webhookId }: WhichWebhook) {
  return transaction.updateTable('webhooks').where('organization_id', '=', organizationId).where('id', '=', webhookId)
}

/** Looked at again when it is sent: what a name leads to may be another address by then. */
function requireAddress(url: string, allowPrivate: boolean): void {
  const refusal = refusalOf(url, allowPrivate)
  if (refusal) throw new ChatError('VALIDATION_FAILED', `url: ${refusal}`, { field: 'url' })
}

function webhookOf(row: Selectable<Tables['webhooks']>, now: Date): Webhook {
  const until = row.previous_secret_until
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since?.toISOString() ?? null,
    previousSecretUntil: until !== null && until > now ? until.toISOString() : null,
    createdAt: row.created_at.toISOString(),
  }
}

const distinct = (events: readonly WebhookEventType[]) => [...new Set(events)]

const noWebhook = () => new ChatError('NOT_FOUND', 'No such webhook.')
