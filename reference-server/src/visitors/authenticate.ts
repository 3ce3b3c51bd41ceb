import { ChatError } from '@chatdesk/protocol'
import type { Request } from 'express'
import type { Database } from '../database/index.js'
import { withholdFromPage } from '../http/cors.js'
import type { VisitorActor } from '../organizations/actor.js'
import { isSecretOf } from '../platform/secrets.js'
import { isOriginAllowed, requireAdmission } from '../widgets/index.js'
import { findVisitorSession, isOfTab, unknownToken } from './sessions.js'

/** The visitor behind a connection's first frame: token, tab and origin must be those of the session (S4, S7). */
export async function authenticateConnection(
  database: Database,
  claim: { token: string; tabId: string | undefined; origin: string | undefined },
  now: Date,
): Promise<VisitorActor> {
  const session = await findVisitorSession(database, claim.token, now)
  if (!session) throw unknownToken()
  // The widget may have changed since the session was opened.
  requireAdmission(session.widget, claim.origin)
  if (session.origin !== (claim.origin ?? null) || !isOfTab(session, claim.tabId)) throw unknownToken()
  return session.actor
}

/**
 * The visitor behind a REST call: `Authorization: Bearer …` (S3). A page's GET to its own origin carries no `Origin`,
 * and no page of another site can leave it out, so only one that is there is compared. A page that the token's own widget
 * does not name may not even read the refusal (threat 23). `sending`: a send token will do.
 */
export async function authenticateRequest(
  database: Database,
  { headers, res: response }: Pick<Request, 'headers' | 'res'>,
  now: Date,
  sending = false,
): Promise<VisitorActor> {
  const [, token] = /^Bearer ([\w-]{1,256})$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined) throw new ChatError('UNAUTHENTICATED', 'Send the session token as a bearer token.')
  const column = sending && isSecretOf('vo', token) ? 'send_token_hash' : 'token_hash'
  const session = await findVisitorSession(database, token, now, column)
  if (!session) throw unknownToken()
  const { widget, actor } = session
  const origin = headers.origin ?? session.origin ?? undefined
  if (!isOriginAllowed(widget, origin) && response) withholdFromPage(response)
  if (origin !== (session.origin ?? undefined)) throw unknownToken()
  // As above: a page that was taken off the list is out at once, not when its session ends.
  requireAdmission(widget, origin)
  return actor
}
