import { type ApiScope, type ApiToken, ChatError } from '@chatdesk/protocol'
import { recordAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import type { MemberActor } from './actor.js'
import type { Doer, OrganizationsContext } from './organizations.js'
import { ACTIONS, isAllowed, scopeOf } from './policy.js'

/** In milliseconds. */
const DAY = 86_400_000
/** When a token was used is written down at most this often. */
const TOUCH_MS = 60_000
const MOST_TOKENS = 200

/** A new token and its secret, which is kept nowhere. */
export interface CreatedApiToken {
  token: ApiToken
  secret: string
}

/** Makes a token that may do, of what its member may, what its scopes name; it ends with its member. */
export async function createApiToken(
  { database, clock, generateId }: OrganizationsContext,
  { actor, address }: Doer & { actor: MemberActor },
  input: { name: string; scopes: readonly ApiScope[]; expiresInDays?: number | undefined },
): Promise<CreatedApiToken> {
  const { organizationId, memberId } = actor
  const { name, expiresInDays } = input
  const scopes = [...new Set(input.scopes)].sort()
  const given = new Set(ACTIONS.filter((action) => isAllowed(actor, action)).map(scopeOf))
  const tooMuch = input.scopes.findIndex((scope) => !given.has(scope))
  if (tooMuch >= 0)
    throw new ChatError('VALIDATION_FAILED', 'You have no such scope to give.', { field: `scopes.${tooMuch}` })
  const id = generateId()
  const secret = createSecret('cp')
  const now = clock()
  const expiresAt = expiresInDays === undefined ? null : new Date(now.getTime() + expiresInDays * DAY)
  await database.transaction(organizationId, async (transaction) => {
    const { count } = await transaction
      .selectFrom('api_tokens')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MOST_TOKENS) throw new ChatError('FORBIDDEN', `There are ${MOST_TOKENS} tokens already.`)
    await transaction
      .insertInto('api_tokens')
      .values({
        organization_id: organizationId,
        id,
        member_id: memberId,
        name,
        token_hash: hashSecret(secret),
        scopes,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute()
    const target = { kind: 'apiToken', id, name }
    const changes = { scopes: { from: null, to: scopes } }
    await recordAct(transaction, organizationId, { actor, address, action: 'apiToken.create', target, changes }, now)
  })
  const dates = { createdAt: now.toISOString(), lastUsedAt: null, expiresAt: expiresAt?.toISOString() ?? null }
  return { token: { id, name, scopes, ...dates, member: { id: memberId, name: actor.name } }, secret }
}

/** An organization's tokens, the latest first. */
export async function listApiTokens(database: Database, organizationId: string): Promise<ApiToken[]> {
  const rows = await database
    .of(organizationId)
    .selectFrom('api_tokens as t')
    .innerJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 't.organization_id').onRef('m.id', '=', 't.member_id'),
    )
    .select(['t.id', 't.name', 't.scopes', 't.created_at', 't.last_used_at', 't.expires_at'])
    .select(['m.id as member_id', 'm.name as member_name'])
    .where('t.organization_id', '=', organizationId)
    .orderBy('t.id', 'desc')
    .limit(MOST_TOKENS)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    member: { id: row.member_id, name: row.member_name },
  }))
}

/** Ends a token at once. */
export async function revokeApiToken(
  { database, clock }: OrganizationsContext,
  doer: Doer,
  { organizationId, tokenId }: { organizationId: string; tokenId: string },
): Promise<void> {
  await database.transaction(organizationId, async (transaction) => {
    const token = await transaction
      .deleteFrom('api_tokens')
      .where('organization_id', '=', organizationId)
      .where('id', '=', tokenId)
      .returning('name')
      .executeTakeFirst()
    if (!token) throw new ChatError('NOT_FOUND', 'No such token.')
    const target = { kind: 'apiToken', id: tokenId, name: token.name }
    await recordAct(transaction, organizationId, { ...doer, action: 'apiToken.revoke', target }, clock())
  })
}

/** Whom this token stands for; undefined when it stands for nobody any more. */
export async function findApiToken(database: Database, secret: string, now: Date): Promise<MemberActor | undefined> {
  const row = await database.system
    .selectFrom('api_tokens as t')
    .innerJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 't.organization_id').onRef('m.id', '=', 't.member_id'),
    )
    .select(['t.organization_id', 't.id', 't.member_id', 't.scopes', 't.last_used_at', 't.expires_at'])
    .select(['m.name', 'm.role'])
    .where('t.token_hash', '=', hashSecret(secret))
    .where((eb) => eb.or([eb('t.expires_at', 'is', null), eb('t.expires_at', '>', now)]))
    .executeTakeFirst()
  if (!row) return undefined
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= TOUCH_MS)
    await database
      .of(row.organization_id)
      .updateTable('api_tokens')
      .set({ last_used_at: now })
      .where('organization_id', '=', row.organization_id)
      .where('id', '=', row.id)
      .execute()
  return {
    kind: 'member',
    organizationId: row.organization_id,
    memberId: row.member_id,
    role: row.role,
    name: row.name,
    memberSessionId: row.id,
    scopes: row.scopes,
    // Asked for with every request: nothing lives as long as this.
    expiresAt: row.expires_at ?? new Date(now.getTime() + DAY),
  }
}
