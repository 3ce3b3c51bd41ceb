import type { WebhookDelivery, WebhookPayload } from '@chatdesk/protocol'
import { type Selectable, sql, type Transaction } from 'kysely'
import { recordAct } from '../audit/index.js'
import type { Database, Tables } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import type { Resolve } from '../platform/public-address.js'
import type { Sealer } from '../platform/sealed.js'
import { afterFailure, type Health, nextAttempt, WELL } from './retries.js'
import { openSecrets } from './secrets.js'
import { type Attempt, sendWebhook } from './send-webhook.js'
import { signWebhook } from './sign-webhook.js'
import { loadBody } from './webhook-body.js'

/** Webhooks of one look; whoever is left out is as likely to be in the next one as anybody. */
const BATCH = 50
/** Of one webhook so many are under way, over all nodes; of one that fails a single one. */
const SHARE = 4
/** How long a node may take for a delivery before another one tries, in milliseconds: well above the time-out of a request. */
const LEASE_MS = 60_000
/** How long the end of a server waits for receivers, in milliseconds: anybody's, and they may never answer. */
const LAST_MS = 1_000

/** What the queue needs. */
export interface WebhookQueueContext {
  database: Database
  sealer: Sealer
  clock: () => Date
  logger: Logger
  random: () => number
  /** For development and tests: receivers may stand anywhere, and speak plain http. */
  allowPrivateWebhooks: boolean
  /** Finds the addresses of a name; the system's by default. */
  resolve?: Resolve | undefined
}

/** What webhooks are to be told, and are being told by this process. */
export interface WebhookQueue {
  /**
   * Begins to send what is due: whoever takes a delivery has it for a minute, on whatever node. Rejects never, and waits for no
   * receiver: what none has taken is due again. Where all is well, what waits behind it follows at once.
   */
  sendDue(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Gives up what no receiver takes in time, which is due again; resolves when nothing is under way. */
  close(): Promise<void>
}

interface Due {
  organization_id: string
  webhook_id: string
  id: string
  type: WebhookPayload['type']
  conversation_id: string | null
  seq: number | null
  detail: { score: number; comment: string | null } | null
  body: string | null
  attempts: number
  created_at: Date
}

/** One queue for a process. */
export function createWebhookQueue(context: WebhookQueueContext): WebhookQueue {
  const { clock, logger } = context
  const closing = new AbortController()
  const underWay = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let lookAgain = false

  const begin = (due: Due) => {
    const work = attempt(context, due, closing.signal)
      .then((taken) => {
        if (taken && !closing.signal.aborted) void sendDue()
      })
      .catch((error) => logger.warn({ err: error, deliveryId: due.id }, 'a webhook could not be sent'))
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }
  const look = async () => {
    do {
      lookAgain = false
      try {
        for (const due of await takeDue(context, clock())) begin(due)
      } catch (error) {
        logger.warn({ err: error }, 'what is to be sent to webhooks could not be read')
      }
    } while (lookAgain && !closing.signal.aborted)
  }
  const sendDue = (): Promise<void> => {
    if (looking !== undefined) lookAgain = true
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
  const idle = async () => {
    while (looking !== undefined || underWay.size > 0) await Promise.all([looking, ...underWay])
  }
  return {
    sendDue,
    idle,
    async close() {
      const giveUp = setTimeout(() => closing.abort(), LAST_MS)
      await idle()
      clearTimeout(giveUp)
    },
  }
}

/**
 * Takes deliveries, of each webhook as many as its share has room for. A webhook's row is held meanwhile, in a mode that no
 * delivery being written waits for, and what is under way is counted behind it: two nodes never take one share twice.
 */
async function takeDue({ database }: WebhookQueueContext, now: Date): Promise<Due[]> {
  return database.transaction('system', async (transaction) => {
    const { rows: held } = await sql<{ organization_id: string; id: string }>`
      select w.organization_id, w.id from webhooks w
      where w.enabled and (w.rests_to is null or w.rests_to <= ${now}::timestamptz) and exists (
        select from webhook_deliveries d where d.organization_id = w.organization_id and d.webhook_id = w.id
          and d.next_at <= ${now}::timestamptz)
      order by random() limit ${BATCH}::int for no key update of w skip locked`.execute(transaction)
    if (held.length === 0) return []
    const { rows } = await sql<Due>`
      with taken as (
        select d.organization_id, d.webhook_id, d.id
        from unnest(${held.map((row) => row.organization_id)}::uuid[], ${held.map(({ id }) => id)}::uuid[]) as h (organization_id, id)
        join webhooks w on w.organization_id = h.organization_id and w.id = h.id
        cross join lateral (
          select x.organization_id, x.webhook_id, x.id from webhook_deliveries x
          where x.organization_id = w.organization_id and x.webhook_id = w.id and x.next_at <= ${now}::timestamptz
          order by x.next_at, x.id
          limit greatest(0, case when w.failing_since is null then ${SHARE}::int else 1 end - (
            select count(*)::int from webhook_deliveries u where u.organization_id = w.organization_id
              and u.webhook_id = w.id and u.under_way and u.next_at > ${now}::timestamptz))
        ) d
      )
      update webhook_deliveries d set under_way = true, next_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz
      from taken t where d.organization_id = t.organization_id and d.webhook_id = t.webhook_id and d.id = t.id
      returning d.organization_id, d.webhook_id, d.id, d.type, d.conversation_id, d.seq, d.detail, d.body, d.attempts,
        d.created_at`.execute(transaction)
    return rows
  })
}

/** Sends a delivery once; whether its receiver took it. */
async function attempt(context: WebhookQueueContext, due: Due, signal: AbortSignal): Promise<boolean> {
  const { database, sealer, clock, allowPrivateWebhooks: allowPrivate, resolve } = context
  const { organization_id: organizationId, webhook_id: webhookId, id } = due
  const began = clock()
  const webhook = await database
    .of(organizationId)
    .selectFrom('webhooks')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', webhookId)
    .executeTakeFirst()
  const body = webhook && (await keepBody(context, due))
  // Gone since: then so is the delivery.
  if (!webhook || body === undefined) return false
  let outcome: Attempt
  try {
    const headers = signWebhook({ id, body, at: began }, openSecrets(sealer, webhook, began))
    outcome = await sendWebhook(webhook.url, { headers, body }, { allowPrivate, resolve, signal })
  } catch (error) {
    context.logger.warn({ err: error, webhookId }, 'the secret of a webhook could not be opened')
    outcome = { error: 'secret', status: null, response: null }
  }
  if (outcome.error !== null && signal.aborted) await giveBack(context, due)
  else await settle(context, due, outcome, began)
  return outcome.error === null
}

/** The body, made with the first attempt and the same from then on; undefined: what it tells of is gone. */
async function keepBody({ database }: WebhookQueueContext, due: Due): Promise<string | undefined> {
  if (due.body !== null) return due.body
  const { organization_id: organizationId, type, conversation_id: conversationId, seq, detail, created_at: at } = due
  const body = await loadBody(database, organizationId, { type, conversationId, seq, detail, at })
  if (body === undefined) return undefined
  const kept = await deliveryOf(database.of(organizationId), due).set({ body }).executeTakeFirst()
  return kept.numUpdatedRows > 0n ? body : undefined
}

function deliveryOf(query: ReturnType<Database['of']>, due: Due) {
  return query
    .updateTable('webhook_deliveries')
    .where('organization_id', '=', due.organization_id)
    .where('webhook_id', '=', due.webhook_id)
    .where('id', '=', due.id)
}

/** Whose sender ends is due again, and has not failed by that. */
async function giveBack({ database, clock }: WebhookQueueContext, due: Due): Promise<void> {
  await deliveryOf(database.of(due.organization_id), due).set({ under_way: false, next_at: clock() }).execute()
}

/** Writes down what came of an attempt, and what follows of it for the webhook. */
async function settle(context: WebhookQueueContext, due: Due, outcome: Attempt, began: Date): Promise<void> {
  const { database, clock, random } = context
  const now = clock()
  const attempts = due.attempts + 1
  const isGone = outcome.status === 410
  const next = outcome.error === null || isGone ? undefined : nextAttempt(due.type, attempts, now, random)
  const state: WebhookDelivery['state'] = outcome.error === null ? 'delivered' : next ? 'pending' : 'failed'
  await database.transaction(due.organization_id, async (transaction) => {
    const webhook = await transaction
      .selectFrom('webhooks')
      .selectAll()
      .where('organization_id', '=', due.organization_id)
      .where('id', '=', due.webhook_id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!webhook) return
    await deliveryOf(transaction, due)
      .set({
        ...{ ...outcome, state, attempts, next_at: next ?? null, under_way: false, attempted_at: began },
        duration_ms: now.getTime() - began.getTime(),
      })
      .execute()
    const { failing_since: failingSince, failures, given_up: givenUp } = webhook
    const health =
      outcome.error === null
        ? WELL
        : afterFailure({ failingSince, failures, givenUp }, { gone: isGone, isLast: state === 'failed' }, now)
    if (health !== WELL || failingSince !== null) await keepHealth(transaction, webhook, health, now)
  })
}

async function keepHealth(
  transaction: Transaction<Tables>,
  { organization_id: organizationId, id, url, enabled }: Selectable<Tables['webhooks']>,
  { failingSince, failures, givenUp, restsTo, end }: Health,
  now: Date,
): Promise<void> {
  await transaction
    .updateTable('webhooks')
    .set({
      ...{ failing_since: failingSince, failures, given_up: givenUp, rests_to: restsTo },
      ...(end === null ? {} : { enabled: false, disabled_reason: end }),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
  if (end === null || !enabled) return
  const target = { kind: 'webhook', id, name: new URL(url).host }
  const changes = { enabled: { from: true, to: false }, disabledReason: { from: null, to: end } }
  await recordAct(
    transaction,
    organizationId,
    { actor: null, address: null, action: 'webhook.update', target, changes },
    now,
  )
}
