import { timingSafeEqual } from 'node:crypto'
import type { InitRequest, InitResponse } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import { conversationsOfSession } from '../conversations/index.js'
import type { Database, Tables } from '../database/index.js'
import { createSecret, hashDeviceHint, hashSecret, sendTokenOf } from '../platform/secrets.js'
import { findWidget, requireOrigin } from '../widgets/index.js'
import { findVisitorSession, SESSION_MS } from './sessions.js'
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

interface Issued {
  organizationId: string
  visitorId: string
  visitorToken: string
  sessionId: string
  token: string
}

/**
 * Opens or resumes a visitor's session on one widget, origin and tab. A token that fits is resumed; whatever else the
 * client brings is ignored, and ids are always made here (S4, threat 6).
 */
export async function initSession(
  context: VisitorsContext,
  request: InitRequest,
  facts: RequestFacts,
): Promise<{ answer: InitResponse; created: boolean }> {
  const { database, clock } = context
  const widget = await findWidget(database, request.widgetKey)
  requireOrigin(widget, facts.origin)
  const now = clock()
  const expiresAt = new Date(now.getTime() + SESSION_MS)
  const { organizationId } = widget
  const resumed = await resumeSession(context, widget.id, request, facts, expiresAt)
  const issued =
    resumed ??
    (await database.transaction(async (transaction) => {
      const visitor = await findOrCreateVisitor(context, transaction, organizationId, request.visitorToken)
      const sessionId = context.generateId()
      const token = createSecret('vs')
      await transaction
        .insertInto('visitor_sessions')
        .values({
          organization_id: organizationId,
          id: sessionId,
          visitor_id: visitor.visitorId,
          widget_id: widget.id,
          token_hash: hashSecret(token),
          send_token_hash: hashSecret(sendTokenOf(token)),
          origin: facts.origin ?? null,
          tab_id: request.tabId ?? null,
          page_url: request.page?.url ?? null,
          referrer: request.page?.referrer ?? null,
          device_hint: request.deviceHint === undefined ? null : hashDeviceHint(organizationId, request.deviceHint),
          ...visitorContext(facts),
          created_at: now,
          last_seen_at: now,
          expires_at: expiresAt,
        })
        .execute()
      return { organizationId, ...visitor, sessionId, token }
    }))
  const conversations = await conversationsOfSession(database, issued)
  const { token, visitorToken, visitorId, sessionId } = issued
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
  return { answer, created: !resumed }
}

async function resumeSession(
  { database, clock }: VisitorsContext,
  widgetId: string,
  { token, tabId, visitorToken, page, deviceHint }: InitRequest,
  facts: RequestFacts,
  expiresAt: Date,
): Promise<Issued | undefined> {
  const now = clock()
  const session = token === undefined ? undefined : await findVisitorSession(database, token, now)
  if (!session || token === undefined) return undefined
  const { actor } = session
  const { organizationId, visitorId, sessionId } = actor
  if (actor.widgetId !== widgetId || session.origin !== (facts.origin ?? null) || session.tabId !== (tabId ?? null))
    return undefined
  await database.query
    .updateTable('visitor_sessions')
    .set({
      last_seen_at: now,
      expires_at: expiresAt,
      // A session from before there were send tokens has none yet.
      send_token_hash: hashSecret(sendTokenOf(token)),
      ...(page?.url === undefined ? {} : { page_url: page.url }),
      ...(page?.referrer === undefined ? {} : { referrer: page.referrer }),
      ...(deviceHint === undefined ? {} : { device_hint: hashDeviceHint(organizationId, deviceHint) }),
      ...visitorContext(facts),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', sessionId)
    .execute()
  const isTheirs = visitorToken !== undefined && timingSafeEqual(hashSecret(visitorToken), session.visitorTokenHash)
  // The browser has lost the visitor's token or holds another visitor's: only a hash is here, so it gets a new one.
  const current = isTheirs ? visitorToken : createSecret('vt')
  await database.query
    .updateTable('visitors')
    .set({ token_hash: hashSecret(current), last_seen_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', visitorId)
    .execute()
  return { organizationId, visitorId, visitorToken: current, sessionId, token }
}

async function findOrCreateVisitor(
  { clock, generateId }: VisitorsContext,
  transaction: Transaction<Tables>,
  organizationId: string,
  token: string | undefined,
): Promise<{ visitorId: string; visitorToken: string }> {
  const now = clock()
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
