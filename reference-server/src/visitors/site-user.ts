import { ChatError } from '@chatdesk/protocol'
import type { Request } from 'express'
import { visitorName } from '../conversations/index.js'
import { withholdFromPage } from '../http/cors.js'
import { type VerifiedUser, verifyUser } from '../identity-keys/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { findOnlyKey, findWidget, isOriginAllowed, requireAdmission, type Widget } from '../widgets/index.js'
import { findOrCreateLogin, keepUser } from './init-user.js'
import { findReachableSession } from './reachable-session.js'
import { openSession } from './session-rows.js'
import { SESSION_MS } from './sessions.js'
import type { Visit, VisitorsContext } from './visit.js'
import type { RequestFacts } from './visitor-context.js'

/** What this door needs. */
export type SiteUserContext = Omit<VisitorsContext, 'installations'>

/** Somebody whom a site has proved to be signed in there, in one request and without a session of ours. */
export interface SiteUser {
  widget: Widget
  user: VerifiedUser
  /** Null: never seen here. */
  visitorId: string | null
  now: Date
}

/**
 * The user behind `Authorization: Bearer <the site's own token>` (S13): proved with each request, by the widget that is named
 * or by the only one there is. A page that the widget does not name is refused as everywhere (S7); what sends no `Origin` is
 * no page, and has the user's proof.
 */
export async function authenticateSiteUser(
  context: SiteUserContext,
  request: Pick<Request, 'headers' | 'res'>,
  widgetKey: string | undefined,
): Promise<SiteUser> {
  const { database, clock, identity } = context
  const token = siteTokenOf(request)
  if (token === undefined)
    throw new ChatError('UNAUTHENTICATED', "Send the site's token of its user as a bearer token.")
  const now = clock()
  const key = widgetKey ?? (await findOnlyKey(database))
  if (key === undefined)
    throw new ChatError('VALIDATION_FAILED', 'widgetKey: say which widget.', { field: 'widgetKey' })
  const widget = await findWidget(context, key, now)
  const { origin } = request.headers
  if (origin !== undefined) {
    if (!isOriginAllowed(widget, origin) && request.res) withholdFromPage(request.res)
    requireAdmission(widget, origin)
  }
  const { organizationId, id: widgetId } = widget
  const user = await verifyUser(identity, { organizationId, widgetId }, { token })
  const known = await database
    .of(organizationId)
    .selectFrom('visitors')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('external_id', '=', user.externalId)
    .executeTakeFirst()
  return { widget, user, visitorId: known?.id ?? null, now }
}

/** What stands behind `Bearer`, if it has the form of a JWT: our own tokens have not. */
export function siteTokenOf({ headers }: Pick<Request, 'headers'>): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(headers.authorization ?? '')?.[1]
}

/**
 * A session in which a user's conversation can begin: the one that their browser has, so that the widget there shows it, else
 * one of its own, whose token nobody has. The visitor's row is held: of two calls at once the second finds what the first made.
 */
export async function openSiteSession(
  { database, generateId }: SiteUserContext,
  { widget, user, now }: SiteUser,
  facts: RequestFacts,
): Promise<VisitorActor> {
  const { organizationId, id: widgetId } = widget
  const expiresAt = new Date(now.getTime() + SESSION_MS)
  const visit: Visit = { widget, request: { widgetKey: widget.settings.key }, facts, now, expiresAt }
  return database.transaction(organizationId, async (transaction) => {
    const visitorId = await keepUser(transaction, visit, user, generateId)
    const known = await findReachableSession(transaction, { organizationId, visitorId, widgetId, now })
    if (known) return siteActor({ widget, user, now }, visitorId, known.sessionId)
    const opener = await findOrCreateLogin(transaction, visit, { visitorId, user }, generateId)
    const { sessionId } = await openSession(transaction, visit, opener, generateId)
    return siteActor({ widget, user, now }, visitorId, sessionId)
  })
}

/** The user as a visitor in the session that has a conversation; no connection rests on it. */
export function siteActor(
  { widget: { organizationId, id: widgetId }, user, now }: Pick<SiteUser, 'widget' | 'user' | 'now'>,
  visitorId: string,
  sessionId: string,
): VisitorActor {
  const name = visitorName({ id: visitorId, name: user.name })
  return { kind: 'visitor', organizationId, widgetId, visitorId, sessionId, name, expiresAt: now }
}
