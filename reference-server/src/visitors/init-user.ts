import { timingSafeEqual } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { type Taken, takeAlong } from '../conversations/index.js'
import type { Tables } from '../database/index.js'
import type { VerifiedUser } from '../identity-keys/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { type Opener, openSession, resumeHeld } from './session-rows.js'
import type { HeldSession } from './sessions.js'
import { takeFactsAlong } from './take-facts-along.js'
import type { Issued, Visit, VisitorsContext } from './visit.js'
import { VISITOR_MS } from './visitor-life.js'

/**
 * The session of a verified user (S13): the one whose token the tab has brought, if it is this user's, and else a new one with
 * new secrets, since what stood in the browser before may be known to somebody (threat 6). Of what was said before signing
 * in, that goes along which the brought token opened, and nothing else (threat 13).
 */
export async function initUser(
  context: VisitorsContext,
  visit: Visit,
  held: HeldSession | undefined,
  user: VerifiedUser,
): Promise<Issued> {
  const { database, changes, generateId } = context
  const { organizationId } = visit.widget
  const { taken, ...issued } = await database.transaction(organizationId, async (transaction) => {
    const visitorId = await keepUser(transaction, visit, user, generateId)
    if (held?.loginId && held.visitorId === visitorId)
      return { ...(await resume(transaction, visit, held, user)), taken: [] }
    const opener = await findOrCreateLogin(transaction, visit, { visitorId, user }, generateId)
    const session = await openSession(transaction, visit, opener, generateId)
    const before = held && held.loginId === null ? held : undefined
    const taken = before ? await takeAlongFrom(transaction, before, { visitorId, session, visit }) : []
    return { organizationId, visitorId, visitorToken: opener.visitorToken, ...session, taken }
  })
  for (const { conversationId, headSeq } of taken) changes.emit({ organizationId, conversationId, events: [], headSeq })
  return issued
}

/** One row for each user of the organization, whatever browser they come from; holds it. */
export async function keepUser(
  transaction: Transaction<Tables>,
  { widget: { organizationId }, now }: Pick<Visit, 'widget' | 'now'>,
  { externalId, proof, name, email, account }: VerifiedUser,
  generateId: () => string,
): Promise<string> {
  const proved = { name, email, account: account && JSON.stringify(account) }
  const { id } = await transaction
    .insertInto('visitors')
    .values({
      organization_id: organizationId,
      id: generateId(),
      // A user is proved anew each time: no visitor token brings one back.
      token_hash: hashSecret(createSecret('vt')),
      external_id: externalId,
      ...proved,
      created_at: now,
      last_seen_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['external_id', 'organization_id'])
        .where('external_id', 'is not', null)
        // A hash proves an id and nothing beside it: what a token has proved of the user stands. What the last token leaves out goes.
        .doUpdateSet({ last_seen_at: now, ...(proof === 'jwt' ? proved : {}) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function resume(query: Kysely<Tables>, visit: Visit, held: HeldSession, user: VerifiedUser): Promise<Issued> {
  const { organizationId, visitorId } = held
  const { visitorToken } = visit.request
  const session = await resumeHeld(query, visit, held, user)
  await query
    .updateTable('visitor_logins')
    .set({ last_seen_at: visit.now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', held.loginId)
    .execute()
  const isTheirs = visitorToken !== undefined && timingSafeEqual(hashSecret(visitorToken), held.visitorTokenHash)
  return { organizationId, visitorId, visitorToken: isTheirs ? visitorToken : null, ...session }
}

/** The login that this browser's token names, if it is this user's. */
export async function findOrCreateLogin(
  transaction: Transaction<Tables>,
  { widget: { organizationId }, request: { visitorToken: token }, now }: Visit,
  { visitorId, user }: { visitorId: string; user: VerifiedUser },
  generateId: () => string,
): Promise<Opener> {
  if (token !== undefined) {
    const known = await transaction
      .updateTable('visitor_logins')
      .set({ last_seen_at: now })
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashSecret(token))
      .where('visitor_id', '=', visitorId)
      .where('last_seen_at', '>', new Date(now.getTime() - VISITOR_MS))
      .returning('id')
      .executeTakeFirst()
    if (known) return { visitorId, visitorToken: token, login: { id: known.id, user } }
  }
  const id = generateId()
  const visitorToken = createSecret('vt')
  await transaction
    .insertInto('visitor_logins')
    .values({
      organization_id: organizationId,
      id,
      visitor_id: visitorId,
      token_hash: hashSecret(visitorToken),
      created_at: now,
      last_seen_at: now,
    })
    .execute()
  return { visitorId, visitorToken, login: { id, user } }
}

/**
 * Moves what the anonymous session held, with what its visitor said of themselves and did there, and ends it. If it was moved before, for this very user, and the answer was lost, what
 * it held is in the session that nobody has heard of, and goes on from there.
 */
async function takeAlongFrom(
  transaction: Transaction<Tables>,
  before: HeldSession,
  { visitorId, session, visit }: { visitorId: string; session: { sessionId: string }; visit: Visit },
): Promise<Taken[]> {
  const { organizationId, sessionId: fromSessionId, shared } = before
  const to = { organizationId, toSessionId: session.sessionId, toVisitorId: visitorId, shared }
  const held = await transaction
    .selectFrom('visitor_sessions as s')
    .leftJoin('visitor_sessions as after', (join) =>
      join.onRef('after.organization_id', '=', 's.organization_id').onRef('after.id', '=', 's.successor_id'),
    )
    .select(['s.successor_id', 'after.visitor_id as successor_visitor_id'])
    .where('s.organization_id', '=', organizationId)
    .where('s.id', '=', fromSessionId)
    .forUpdate('s')
    .executeTakeFirst()
  const successorId = held?.successor_id ?? null
  if (successorId !== null && held?.successor_visitor_id !== visitorId) return []
  const from = successorId === null || successorId === session.sessionId ? [] : [successorId]
  const taken: Taken[] = []
  for (const sessionId of [fromSessionId, ...from])
    taken.push(...(await takeAlong(transaction, { ...to, fromSessionId: sessionId })))
  for (const sessionId of [...from, fromSessionId])
    await takeFactsAlong(transaction, { organizationId, fromSessionId: sessionId, toSessionId: session.sessionId })
  await transaction
    .updateTable('visitor_sessions')
    .set({ successor_id: session.sessionId, token_ends_at: visit.now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', fromSessionId)
    .execute()
  return taken
}
