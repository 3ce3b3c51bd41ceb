import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import type { VerifiedUser } from '../identity-keys/index.js'
import { createSecret, sharedTokenOf } from '../platform/secrets.js'
import { currentToken, renewedToken, tokenEnd, tokenHashes } from './session-tokens.js'
import type { HeldSession } from './sessions.js'
import { freshFacts, type Issued, type Visit } from './visit.js'

/** Who opens a session: a visitor, or a verified user in one browser. */
export interface Opener {
  visitorId: string
  /** What their browser keeps: a visitor's token, or a login's. */
  visitorToken: string
  login?: { id: string; user: VerifiedUser } | undefined
}

const proofOf = (user: VerifiedUser) => ({ proof: user.proof, identity_key_id: user.keyId })

/** Goes on with a session by its own token, which is exchanged where it has ended (S14). */
export async function resumeHeld(
  query: Kysely<Tables>,
  visit: Visit,
  held: HeldSession,
  user?: VerifiedUser,
): Promise<Pick<Issued, 'sessionId' | 'token' | 'endsAt' | 'created'>> {
  const { token, endsAt, changes } = renewedToken(held.token, held.tokenState, visit.now, user?.proof)
  await query
    .updateTable('visitor_sessions')
    .set({ ...freshFacts(visit), ...changes, ...(user && proofOf(user)) })
    .where('organization_id', '=', held.organizationId)
    .where('id', '=', held.sessionId)
    // Another one may have exchanged the token since it was read: then that stands.
    .where('token_number', '=', held.tokenState.number)
    .execute()
  return { sessionId: held.sessionId, token, endsAt, created: false }
}

/** The session that all tabs of this browser share, or a new one. Whoever calls holds the row of visitor or login. */
export async function openSession(
  transaction: Transaction<Tables>,
  visit: Visit,
  opener: Opener,
  generateId: () => string,
): Promise<Pick<Issued, 'sessionId' | 'token' | 'endsAt' | 'created'>> {
  const { widget, request, facts, now } = visit
  const { visitorId, visitorToken, login } = opener
  const { organizationId } = widget
  const shared = widget.settings.tabs === 'shared'
  const known = shared ? await findSharedSession(transaction, visit, opener) : undefined
  const sessionId = known?.id ?? generateId()
  const first = shared ? sharedTokenOf(visitorToken, sessionId) : createSecret('vs')
  if (known) {
    const state = { salt: known.token_salt, number: known.token_number, endsAt: known.token_ends_at }
    const { token, endsAt, changes } = renewedToken(currentToken(first, state), state, now, login?.user.proof)
    await transaction
      .updateTable('visitor_sessions')
      .set({ ...freshFacts(visit), ...changes, ...(login && proofOf(login.user)) })
      .where('organization_id', '=', organizationId)
      .where('id', '=', sessionId)
      .where('token_number', '=', state.number)
      .execute()
    return { sessionId, token, endsAt, created: false }
  }
  const endsAt = tokenEnd(now, login?.user.proof)
  await transaction
    .insertInto('visitor_sessions')
    .values({
      organization_id: organizationId,
      id: sessionId,
      visitor_id: visitorId,
      widget_id: widget.id,
      ...tokenHashes(first),
      token_ends_at: endsAt,
      ...(login && { login_id: login.id, ...proofOf(login.user) }),
      origin: facts.origin ?? null,
      tab_id: shared ? null : (request.tabId ?? null),
      shared,
      page_url: null,
      referrer: null,
      created_at: now,
      ...freshFacts(visit),
    })
    .execute()
  return { sessionId, token: first, endsAt, created: true }
}

/** The session that tabs share on this widget and origin (S12): a visitor's, or a user's in this browser. */
async function findSharedSession(
  transaction: Transaction<Tables>,
  { widget, facts, now }: Visit,
  { visitorId, login }: Opener,
) {
  return await transaction
    .selectFrom('visitor_sessions')
    .select(['id', 'token_salt', 'token_number', 'token_ends_at'])
    .where('organization_id', '=', widget.organizationId)
    .where('visitor_id', '=', visitorId)
    .where('login_id', 'is not distinct from', login?.id ?? null)
    .where('successor_id', 'is', null)
    .where('widget_id', '=', widget.id)
    .where('origin', 'is not distinct from', facts.origin ?? null)
    .where('shared', '=', true)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
