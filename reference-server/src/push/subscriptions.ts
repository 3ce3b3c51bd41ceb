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

/** Whose a browser is. */
type Owner = { organizationId: string } & ({ visitorId: string } | { memberId: string })

const columnOf = (owner: Owner) =>
  'visitorId' in owner
    ? { column: sql.ref('visitor_id'), id: owner.visitorId }
    : { column: sql.ref('member_id'), id: owner.memberId }

/** Keeps where the visitor's browser takes notifications. The same browser again, of whomever, is theirs from now on. */
export function subscribe(context: PushContext, actor: VisitorActor, input: PushSubscriptionInput): Promise<void> {
  const { organizationId, sessionId } = actor
  return keep(
    context,
    actor,
    input,
    ({ id, hash, sealed, now }) =>
      sql`insert into push_subscriptions
        (organization_id, id, visitor_id, login_id, endpoint_hash, sealed_subscription, label, created_at)
      select s.organization_id, ${id}::uuid, s.visitor_id, s.login_id, ${hash}, ${sealed}, ${input.label}, ${now}::timestamptz
      from visitor_sessions s where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
      on conflict (endpoint_hash, organization_id) do update
        set login_id = excluded.login_id, sealed_subscription = excluded.sealed_subscription, label = excluded.label`,
  )
}

/** The same for a member, at home, until the sign-in ends in which they asked for it. */
export function subscribeMember(
  context: PushContext,
  actor: { organizationId: string; memberId: string; memberSessionId: string },
  input: Pick<PushSubscriptionInput, 'endpoint' | 'keys'>,
): Promise<void> {
  const { organizationId, memberId, memberSessionId } = actor
  return keep(
    context,
    actor,
    input,
    ({ id, hash, sealed, now }) =>
      sql`insert into push_subscriptions
        (organization_id, id, member_id, member_session_id, endpoint_hash, sealed_subscription, label, created_at)
      values (${organizationId}::uuid, ${id}::uuid, ${memberId}::uuid, ${memberSessionId}::uuid, ${hash}, ${sealed}, '',
        ${now}::timestamptz)
      on conflict (endpoint_hash, organization_id) do update
        set member_session_id = excluded.member_session_id, sealed_subscription = excluded.sealed_subscription`,
  )
}

async function keep(
  { database, sealer, clock, generateId, allowPrivatePush }: PushContext,
  owner: Owner,
  { endpoint, keys }: OpenSubscription,
  insert: (row: { id: string; hash: Buffer; sealed: string; now: Date }) => ReturnType<typeof sql>,
): Promise<void> {
  const { organizationId } = owner
  const refusal = refusalOf(endpoint, allowPrivatePush)
  if (refusal) throw new ChatError('VALIDATION_FAILED', `endpoint: ${refusal}`, { field: 'endpoint' })
  const hash = hashSecret(endpoint)
  const sealed = sealer.seal(JSON.stringify({ endpoint, keys }), placeOf(organizationId, hash))
  const { column, id } = columnOf(owner)
  await database.transaction(organizationId, async (transaction) => {
    // One that was there for somebody else goes with what was to be pushed to them.
    await sql`delete from push_subscriptions
      where endpoint_hash = ${hash} and organization_id = ${organizationId}::uuid
        and ${column} is distinct from ${id}::uuid`.execute(transaction)
    await insert({ id: generateId(), hash, sealed, now: clock() }).execute(transaction)
    await sql`delete from push_subscriptions where organization_id = ${organizationId}::uuid and id in (
      select id from push_subscriptions
      where organization_id = ${organizationId}::uuid and ${column} = ${id}::uuid
      order by id desc offset ${MOST})`.execute(transaction)
  })
}

/** Forgets a browser of the visitor's. */
export function unsubscribe(
  context: Pick<PushContext, 'database'>,
  actor: VisitorActor,
  endpoint: string,
): Promise<void> {
  return drop(context, actor, endpoint)
}

/** Forgets a browser of the member's. */
export function unsubscribeMember(
  context: Pick<PushContext, 'database'>,
  actor: { organizationId: string; memberId: string },
  endpoint: string,
): Promise<void> {
  return drop(context, actor, endpoint)
}

async function drop({ database }: Pick<PushContext, 'database'>, owner: Owner, endpoint: string): Promise<void> {
  const { organizationId } = owner
  const { column, id } = columnOf(owner)
  await sql`delete from push_subscriptions where organization_id = ${organizationId}::uuid
    and ${column} = ${id}::uuid and endpoint_hash = ${hashSecret(endpoint)}`.execute(database.of(organizationId))
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
