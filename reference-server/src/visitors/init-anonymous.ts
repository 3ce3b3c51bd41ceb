import { timingSafeEqual } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { openSession, resumeHeld } from './session-rows.js'
import type { HeldSession } from './sessions.js'
import type { Issued, Visit, VisitorsContext } from './visit.js'
import { VISITOR_MS } from './visitor-life.js'

/** The session of somebody of whom nothing is proved. `held`: one whose token fits; of a user, it is one that was signed out. */
export async function initAnonymous(
  context: VisitorsContext,
  visit: Visit,
  held: HeldSession | undefined,
): Promise<Issued> {
  const { database, generateId } = context
  const { organizationId } = visit.widget
  if (held && held.loginId === null && held.successorId === null) return await resume(context, visit, held)
  // Threat 13: nobody says who sits there now, and what the browser has kept is of whoever has left.
  const token = held && held.loginId !== null ? undefined : visit.request.visitorToken
  return await database.transaction(organizationId, async (transaction) => {
    // Holds the visitor's row: of two tabs that come at once, the second one finds what the first has made.
    const visitor = await findOrCreateVisitor(transaction, visit, token, generateId)
    return { organizationId, ...visitor, ...(await openSession(transaction, visit, visitor, generateId)) }
  })
}

async function resume({ database }: VisitorsContext, visit: Visit, held: HeldSession): Promise<Issued> {
  const { organizationId, visitorId } = held
  const { visitorToken } = visit.request
  const query = database.of(organizationId)
  const session = await resumeHeld(query, visit, held)
  await query
    .updateTable('visitors')
    .set({ last_seen_at: visit.now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    .execute()
  const isTheirs = visitorToken !== undefined && timingSafeEqual(hashSecret(visitorToken), held.visitorTokenHash)
  // Where the browser has lost it, or holds another visitor's, the visitor keeps theirs: other tabs hold it still.
  return { organizationId, visitorId, visitorToken: isTheirs ? visitorToken : null, ...session }
}

async function findOrCreateVisitor(
  transaction: Transaction<Tables>,
  { widget: { organizationId }, now }: Visit,
  token: string | undefined,
  generateId: () => string,
): Promise<{ visitorId: string; visitorToken: string }> {
  if (token !== undefined) {
    const known = await transaction
      .updateTable('visitors')
      .set({ last_seen_at: now })
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashSecret(token))
      .where('last_seen_at', '>', new Date(now.getTime() - VISITOR_MS))
      .returning('id')
      .executeTakeFirst()
    if (known) return { visitorId: known.id, visitorToken: token }
  }
  const visitorId = generateId()
  const visitorToken = createSecret('vt')
  await transaction
    .insertInto('visitors')
    .values({
      organization_id: organizationId,
      id: visitorId,
      token_hash: hashSecret(visitorToken),
      name: null,
      created_at: now,
      last_seen_at: now,
    })
    .execute()
  return { visitorId, visitorToken }
}
