import { ChatError } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { isSecretOf } from '../platform/secrets.js'
import { requireOrigin } from '../widgets/index.js'
import { findVisitorSession, isOfTab, unknownToken } from './sessions.js'

/** The visitor behind a connection's first frame: token, tab and origin must be those of the session (S4, S7). */
export async function authenticateConnection(
  database: Database,
  claim: { token: string; tabId: string | undefined; origin: string | undefined },
  now: Date,
): Promise<VisitorActor> {
  const session = await findVisitorSession(database, claim.token, now)
  if (!session) throw unknownToken()
  // The widget's list may have changed since the session was opened.
  requireOrigin(session, claim.origin)
  if (session.origin !== (claim.origin ?? null) || !isOfTab(session, claim.tabId)) throw unknownToken()
  return session.actor
}

/**
 * The visitor behind a REST call: `Authorization: Bearer …` (S3). A page's GET to its own origin carries no `Origin`,
 * and no page of another site can leave it out, so only one that is there is compared. `sending`: a send token will do.
 */
export async function authenticateRequest(
  database: Database,
  headers: { authorization?: string | undefined; origin?: string | undefined },
  now: Date,
  sending = false,
): Promise<VisitorActor> {
  const [, token] = /^Bearer ([\w-]{1,256})$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined) throw new ChatError('UNAUTHENTICATED', 'Send the session token as a bearer token.')
  const column = sending && isSecretOf('vo', token) ? 'send_token_hash' : 'token_hash'
  const session = await findVisitorSession(database, token, now, column)
  if (!session) throw unknownToken()
  if (headers.origin !== undefined) {
    if (headers.origin !== session.origin) throw unknownToken()
    // As above: a page that was taken off the list is out at once, not when its session ends.
    requireOrigin(session, headers.origin)
  }
  return session.actor
}
