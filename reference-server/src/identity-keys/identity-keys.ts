import { ChatError, type CreateIdentityKeyRequest, type IdentityKey } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { refusalOf } from '../platform/public-request.js'
import type { Sealer } from '../platform/sealed.js'
import { createSecret } from '../platform/secrets.js'
import { requireWidget } from '../widgets/index.js'

/** More at a time than any rotation needs; each costs the look at a token that fits none of them. */
const MOST_KEYS = 10

/** Whose key, in the organization of whoever asks. */
export interface WidgetOfOrganization {
  organizationId: string
  widgetId: string
}

/** A key as it is used. */
export interface OpenIdentityKey {
  id: string
  kind: IdentityKey['kind']
  /** Of `hmac` and `jwt_secret`; throws `UNAVAILABLE` where this server cannot open it. */
  openSecret(): string
  issuer: string | undefined
  audience: string | undefined
  jwksUrl: string | undefined
  projectId: string | undefined
}

/** Those that stand, oldest first. */
export async function listIdentityKeys(
  query: Kysely<Tables>,
  { organizationId, widgetId }: WidgetOfOrganization,
  now: Date,
): Promise<IdentityKey[]> {
  await requireWidget(query, { organizationId, widgetId })
  return (await standingKeys(query, { organizationId, widgetId }, now)).map(keyOf)
}

/** Those that stand, as they are used. */
export async function loadIdentityKeys(
  query: Kysely<Tables>,
  sealer: Sealer,
  of: WidgetOfOrganization,
  now: Date,
): Promise<OpenIdentityKey[]> {
  return (await standingKeys(query, of, now)).map((row) => ({
    id: row.id,
    kind: row.kind,
    openSecret: () => sealer.open(row.sealed_secret ?? '', placeOf(of.organizationId, row.id)),
    issuer: row.issuer ?? undefined,
    audience: row.audience ?? undefined,
    jwksUrl: row.jwks_url ?? undefined,
    projectId: row.project_id ?? undefined,
  }))
}

/** Makes a key. Its secret is in this answer, and sealed in the table. */
export async function createIdentityKey(
  transaction: Transaction<Tables>,
  context: { sealer: Sealer; allowPrivateJwks: boolean },
  input: WidgetOfOrganization & { id: string; now: Date; key: CreateIdentityKeyRequest },
): Promise<{ key: IdentityKey; secret?: string }> {
  const { organizationId, widgetId, id, now, key } = input
  const refusal = key.kind === 'jwks' ? refusalOf(key.jwksUrl, context.allowPrivateJwks) : undefined
  if (refusal) throw new ChatError('VALIDATION_FAILED', `jwksUrl: ${refusal}`, { field: 'jwksUrl' })
  // Holds the widget's row: of two that come at once, the second counts the first.
  await requireWidget(transaction, { organizationId, widgetId }, true)
  await forgetExpired(transaction, { organizationId, widgetId }, now)
  const standing = await standingKeys(transaction, { organizationId, widgetId }, now)
  if (standing.length >= MOST_KEYS)
    throw new ChatError('VALIDATION_FAILED', `A widget has at most ${MOST_KEYS} keys; delete one.`, { field: 'kind' })
  const secret = key.kind === 'hmac' || key.kind === 'jwt_secret' ? createSecret('ik') : undefined
  const row = await transaction
    .insertInto('identity_keys')
    .values({
      organization_id: organizationId,
      id,
      widget_id: widgetId,
      kind: key.kind,
      sealed_secret: secret === undefined ? null : context.sealer.seal(secret, placeOf(organizationId, id)),
      issuer: ('issuer' in key && key.issuer) || null,
      audience: ('audience' in key && key.audience) || null,
      jwks_url: key.kind === 'jwks' ? key.jwksUrl : null,
      project_id: key.kind === 'firebase' ? key.projectId : null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { key: keyOf(row), ...(secret === undefined ? {} : { secret }) }
}

/**
 * Ends a key, at once or later; later never means after it would have ended anyway. The sessions that it proved speak no
 * longer than it stands, unless another key proves their user again.
 */
export async function endIdentityKey(
  transaction: Transaction<Tables>,
  input: WidgetOfOrganization & { keyId: string; now: Date; afterHours: number },
): Promise<IdentityKey> {
  const { organizationId, widgetId, keyId, now, afterHours } = input
  const end = new Date(now.getTime() + afterHours * 3_600_000)
  const known = await standingQuery(transaction, { organizationId, widgetId }, now)
    .where('id', '=', keyId)
    .forUpdate()
    .executeTakeFirst()
  if (!known) throw new ChatError('NOT_FOUND', 'No such identity key.')
  const expiresAt = known.expires_at !== null && known.expires_at < end ? known.expires_at : end
  await transaction
    .updateTable('identity_keys')
    .set({ expires_at: expiresAt })
    .where('organization_id', '=', organizationId)
    .where('id', '=', keyId)
    .execute()
  if (afterHours === 0) await forgetExpired(transaction, { organizationId, widgetId }, now)
  return { ...keyOf(known), expiresAt: expiresAt.toISOString() }
}

function standingQuery(query: Kysely<Tables>, { organizationId, widgetId }: WidgetOfOrganization, now: Date) {
  return query
    .selectFrom('identity_keys')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
}

function standingKeys(query: Kysely<Tables>, of: WidgetOfOrganization, now: Date) {
  return standingQuery(query, of, now).orderBy('id').limit(MOST_KEYS).execute()
}

/** What proves nothing any more need not be kept, least of all its secret. */
async function forgetExpired(
  query: Kysely<Tables>,
  { organizationId, widgetId }: WidgetOfOrganization,
  now: Date,
): Promise<void> {
  await query
    .deleteFrom('identity_keys')
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .where('expires_at', '<=', now)
    .execute()
}

const placeOf = (organizationId: string, id: string) => ({ organizationId, field: `identity_keys.secret/${id}` })

function keyOf(row: Selectable<Tables['identity_keys']>): IdentityKey {
  return {
    id: row.id,
    kind: row.kind,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    ...(row.issuer === null ? {} : { issuer: row.issuer }),
    ...(row.audience === null ? {} : { audience: row.audience }),
    ...(row.jwks_url === null ? {} : { jwksUrl: row.jwks_url }),
    ...(row.project_id === null ? {} : { projectId: row.project_id }),
  }
}
