import type { InitRequest, InitResponse } from '@chatdesk/protocol'
import { liveConversation } from '../conversations/index.js'
import { verifyUser } from '../identity-keys/index.js'
import { sendTokenOf } from '../platform/secrets.js'
import { forgetBrowsers } from '../push/index.js'
import { findWidget, isOriginAllowed, requireAdmission } from '../widgets/index.js'
import { initAnonymous } from './init-anonymous.js'
import { initUser } from './init-user.js'
import { findHeldSession, type HeldSession, isOfTab, SESSION_MS } from './sessions.js'
import type { Visit, VisitorsContext } from './visit.js'
import type { RequestFacts } from './visitor-context.js'
import { VISITOR_DAYS } from './visitor-life.js'

/**
 * Opens or resumes a visitor's session on one widget, origin and tab, or on all tabs where the widget shares. A token that
 * fits is resumed; whatever else the client brings is ignored, and ids are always made here (S4, S12, threat 6). Who the site
 * says that the visitor is, it proves each time; one who is not named any more is gone (S13).
 */
export async function initSession(
  context: VisitorsContext,
  request: InitRequest,
  facts: RequestFacts,
): Promise<{ answer: InitResponse; created: boolean }> {
  const { database, clock, identity, installations } = context
  const now = clock()
  const widget = await findWidget(context, request.widgetKey, now)
  const of = { organizationId: widget.organizationId, widgetId: widget.id }
  const { origin } = facts
  installations.saw({ ...of, origin, refused: !isOriginAllowed(widget, origin), version: request.version })
  requireAdmission(widget, origin)
  const user = request.user && (await verifyUser(identity, of, request.user))
  const visit: Visit = { widget, request, facts, now, expiresAt: new Date(now.getTime() + SESSION_MS) }
  const brought = await findFitting(context, visit)
  const held = brought?.signedOut ? undefined : brought
  const issued = await (user ? initUser(context, visit, held, user) : initAnonymous(context, visit, held))
  const conversationId = await liveConversation(database.of(issued.organizationId), issued)
  const { token, visitorToken, visitorId, sessionId, created } = issued
  // O1: who is named no more is not told here what is written to them.
  if (held?.loginId && held.visitorId !== visitorId) await forgetBrowsers(database.of(held.organizationId), held)
  const isAnothers = brought?.signedOut || (held !== undefined && held.loginId !== null && held.visitorId !== visitorId)
  const answer: InitResponse = {
    token,
    sendToken: sendTokenOf(token),
    expiresAt: (issued.endsAt ?? visit.expiresAt).toISOString(),
    visitorToken,
    cookie: { maxAgeDays: VISITOR_DAYS },
    visitorId,
    ...(isAnothers ? { forget: true } : {}),
    sessionId,
    conversationId: conversationId ?? null,
    widget: widget.settings,
  }
  return { answer, created }
}

/** The session that the brought token names, if it is of this widget, origin and tab. */
async function findFitting(
  { database }: VisitorsContext,
  { widget, request: { token, tabId }, facts, now }: Visit,
): Promise<HeldSession | undefined> {
  const held = token === undefined ? undefined : await findHeldSession(database, token, now)
  if (held?.widgetId !== widget.id || held.origin !== (facts.origin ?? null) || !isOfTab(held, tabId)) return undefined
  return held
}
