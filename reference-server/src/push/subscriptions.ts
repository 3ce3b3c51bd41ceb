import { ChatError, type PushSubscriptionInput } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { refusalOf } from '../platform/public-request.js'
import type { Sealer } from '../platform/sealed.js'
import { hashSecret } from '../platform/secrets.js'

/** Browsers of one visitor; the oldest goes first. */
const MOST = 10

/** What the use cases of this folder need. */
export interface PushContext {
  database: Database
  sealer: Sealer
  clock: () => Date
  generateId: () => string
  /** For development and tests: push services may stand anywhere, and speak plain http. */
  allowPrivatePush: boolean
}

/** A subscription as it is used. */
export type OpenSubscription = Pick<PushSubscriptionInput, 'endpoint' | 'keys'>

const placeOf = (organizationId: string, endpointHash: Buffer) => ({
  organizationId,
  field: `push_subscriptions.sealed_subscription/${endpointHash.toString('hex')}`,
})

/** Keeps where the visitor's browser takes notifications. The same browser again, of whomever, is theirs from now on. */
export async function subscribe(
  { database, sealer, clock, generateId, allowPrivatePush }: PushContext,
  { organizationId, sessionId, visitorId }: VisitorActor,
  { endpoint, keys, label }: PushSubscriptionInput,
): Promise<void> {
  const refusal = refusalOf(endpoint, allowPrivatePush)
  if (refusal) throw new ChatError('VALIDATION_FAILED', `endpoint: ${refusal}`, { field: 'endpoint' })
  const hash = hashSecret(endpoint)
  const sealed = sealer.seal(JSON.stringify({ endpoint, keys }), placeOf(organizationId, hash))
  const now = clock()
  await database.transaction(organizationId, async (transaction) => {
    // One that was there for somebody else goes with what was to be pushed to them.
    await sql`delete from push_subscriptions
      where endpoint_hash = ${hash} and organization_id = ${organizationId}::uuid
        and visitor_id <> ${visitorId}::uuid`.execute(transaction)
    await sql`
      insert into push_subscriptions
        (organization_id, id, visitor_id, login_id, endpoint_hash, sealed_subscription, label, created_at)
      select s.organization_id, ${generateId()}::uuid, s.visitor_id, s.login_id, ${hash}, ${sealed}, ${label}, ${now}::timestamptz
      from visitor_sessions s where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
      on conflict (endpoint_hash, organization_id) do update
        set login_id = excluded.login_id, sealed_subscription = excluded.sealed_subscription, label = excluded.label`.execute(
      transaction,
    )
    await sql`delete from push_subscriptions where organization_id = ${organizationId}::uuid and id in (
      select id from push_subscriptions
      where organization_id = ${organizationId}::uuid and visitor_id = ${visitorId}::uuid
      order by id desc offset ${MOST})`.execute(transaction)
  })
}

/** Forgets a browser of the visitor's. */
export async function unsubscribe(
  { database }: Pick<PushContext, 'database'>,
  { organizationId, visitorId }: VisitorActor,
  endpoint: string,
): Promise<void> {
  await database
    .of(organizationId)
    .deleteFrom('push_subscriptions')
    .where('organization_id', '=', organizationId)
    .where('visitor_id', '=', visitorId)
    .where('endpoint_hash', '=', hashSecret(endpoint))
    .execute()
}

/** Forgets the browsers of a login, or of a visitor of whom nothing is proved; `all`: those of their other logins too. */
export async function forgetBrowsers(
  query: Kysely<Tables>,
  of: { organizationId: string; visitorId: string; loginId: string | null; all?: boolean },
): Promise<void> {
  const { organizationId, visitorId, loginId, all = false } = of
  await sql`delete from push_subscriptions where organization_id = ${organizationId}::uuid
    and visitor_id = ${visitorId}::uuid and (${all} or login_id is not distinct from ${loginId}::uuid)`.execute(query)
}

/** Reads what was sealed. */
export function openSubscription(
  sealer: Sealer,
  organizationId: string,
  row: { endpoint_hash: Buffer; sealed_subscription: string },
): OpenSubscription {
  return JSON.parse(sealer.open(row.sealed_subscription, placeOf(organizationId, row.endpoint_hash)))
}
