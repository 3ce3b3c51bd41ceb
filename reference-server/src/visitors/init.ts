import { timingSafeEqual } from 'node:crypto'
import type { InitRequest, InitResponse } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import { conversationsOfSession } from '../conversations/index.js'
import type { Database, Tables } from '../database/index.js'
import { createSecret, hashDeviceHint, hashSecret, sendTokenOf, sharedTokenOf } from '../platform/secrets.js'
import { findWidget, requireOrigin, type Widget } from '../widgets/index.js'
import { findVisitorSession, isOfTab, SESSION_MS } from './sessions.js'
import { type RequestFacts, visitorContext } from './visitor-context.js'

/** A visitor token lasts this long after it was last used, in days (S10). */
const VISITOR_DAYS = 90
const DAY_MS = 24 * 3_600_000

/** What the use cases of this folder need. */
export interface VisitorsContext {
  database: Database
  clock: () => Date
  generateId: () => string
}

/** One `POST /api/widget/init`. */
interface Visit {
  widget: Widget
  request: InitRequest
  facts: RequestFacts
  now: Date
  /** Of the session, from now on. */
  expiresAt: Date
}

interface Issued {
  organizationId: string
  visitorId: string
  visitorToken: string | null
  sessionId: string
  token: string
  created: boolean
}

/**
 * Opens or resumes a visitor's session on one widget, origin and tab, or on all tabs where the widget shares. A token that
 * fits is resumed; whatever else the client brings is ignored, and ids are always made here (S4, S12, threat 6).
 */
export async function initSession(
  context: VisitorsContext,
  request: InitRequest,
  facts: RequestFacts,
): Promise<{ answer: InitResponse; created: boolean }> {
  const { database, clock } = context
  const widget = await findWidget(database, request.widgetKey)
  requireOrigin(widget, facts.origin)
  const expiresAt = new Date(clock().getTime() + SESSION_MS)
  const visit: Visit = { widget, request, facts, expiresAt, now: clock() }
  const issued = (await resumeSession(database, visit)) ?? (await openSession(context, visit))
  const conversations = await conversationsOfSession(database, issued)
  const { token, visitorToken, visitorId, sessionId, created } = issued
  const answer: InitResponse = {
    token,
    sendToken: sendTokenOf(token),
    expiresAt: expiresAt.toISOString(),
    visitorToken,
    cookie: { maxAgeDays: VISITOR_DAYS },
    visitorId,
    sessionId,
    conversationId: conversations.at(-1) ?? null,
    widget: widget.settings,
  }
  return { answer, created }
}

/** By its token; undefined when there is none that fits. */
async function resumeSession(database: Database, visit: Visit): Promise<Issued | undefined> {
  const { widget, request, facts, now } = visit
  const { token, tabId, visitorToken } = request
  const session = token === undefined ? undefined : await findVisitorSession(database, token, now)
  if (!session || token === undefined) return undefined
  const { organizationId, visitorId, sessionId, widgetId } = session.actor
  if (widgetId !== widget.id || session.origin !== (facts.origin ?? null) || !isOfTab(session, tabId)) return undefined
  await database
    .of(organizationId)
    .updateTable('visitor_sessions')
    .set({
      ...freshFacts(visit),
      // A session from before there were send tokens has none yet.
      send_token_hash: hashSecret(sendTokenOf(token)),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', sessionId)
    .execute()
  await database
    .of(organizationId)
    .updateTable('visitors')
    .set({ last_seen_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    .execute()
  const isTheirs = visitorToken !== undefined && timingSafeEqual(hashSecret(visitorToken), session.visitorTokenHash)
  // Where the browser has lost it, or holds another visitor's, the visitor keeps theirs: other tabs hold it still.
  return { organizationId, visitorId, visitorToken: isTheirs ? visitorToken : null, sessionId, token, created: false }
}

/** A new session of a visitor who is known by their token, or new; where tabs share, the one that the visitor has. */
async function openSession({ database, generateId }: VisitorsContext, visit: Visit): Promise<Issued> {
  const { widget, request, facts, now } = visit
  const { organizationId, settings } = widget
  const shared = settings.tabs === 'shared'
  return database.transaction(organizationId, async (transaction) => {
    // Holds the visitor's row: of two tabs that come at once, the second one finds what the first has made.
    const visitor = await findOrCreateVisitor(transaction, visit, generateId)
    const known = shared ? await findSharedSession(transaction, visit, visitor.visitorId) : undefined
    const sessionId = known ?? generateId()
    const token = shared ? sharedTokenOf(visitor.visitorToken, sessionId) : createSecret('vs')
    const secrets = { token_hash: hashSecret(token), send_token_hash: hashSecret(sendTokenOf(token)) }
    const issued = { organizationId, ...visitor, sessionId, token }
    if (known) {
      await transaction
        .updateTable('visitor_sessions')
        .set({ ...secrets, ...freshFacts(visit) })
        .where('organization_id', '=', organizationId)
        .where('id', '=', sessionId)
        .execute()
      return { ...issued, created: false }
    }
    await transaction
      .insertInto('visitor_sessions')
      .values({
        organization_id: organizationId,
        id: sessionId,
        visitor_id: visitor.visitorId,
        widget_id: widget.id,
        ...secrets,
        origin: facts.origin ?? null,
        tab_id: shared ? null : (request.tabId ?? null),
        shared,
        page_url: null,
        referrer: null,
        created_at: now,
        ...freshFacts(visit),
      })
      .execute()
    return { ...issued, created: true }
  })
}

/** The session that a visitor's tabs share on this widget and origin (S12). */
async function findSharedSession(
  transaction: Transaction<Tables>,
  { widget, facts, now }: Visit,
  visitorId: string,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('visitor_sessions')
    .select('id')
    .where('organization_id', '=', widget.organizationId)
    .where('visitor_id', '=', visitorId)
    .where('widget_id', '=', widget.id)
    .where('origin', 'is not distinct from', facts.origin ?? null)
    .where('shared', '=', true)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** What every init brings up to date in its session. */
function freshFacts({ widget, request: { page, deviceHint }, facts, now, expiresAt }: Visit) {
  return {
    last_seen_at: now,
    expires_at: expiresAt,
    ...(page?.url === undefined ? {} : { page_url: page.url }),
    ...(page?.referrer === undefined ? {} : { referrer: page.referrer }),
    ...(deviceHint === undefined ? {} : { device_hint: hashDeviceHint(widget.organizationId, deviceHint) }),
    ...visitorContext(facts),
  }
}

async function findOrCreateVisitor(
  transaction: Transaction<Tables>,
  { widget: { organizationId }, request: { visitorToken: token }, now }: Visit,
  generateId: () => string,
): Promise<{ visitorId: string; visitorToken: string }> {
  if (token !== undefined) {
    const known = await transaction
      .updateTable('visitors')
      .set({ last_seen_at: now })
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashSecret(token))
      .where('last_seen_at', '>', new Date(now.getTime() - VISITOR_DAYS * DAY_MS))
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
