import { LIMITS } from '@chatdesk/protocol'
import {
  activeSupportSessionResponse,
  assignSupportSessionRequest,
  listSupportSessionsQuery,
  listSupportSessionsResponse,
  readSupportSessionResponse,
  sendSupportMessageRequest,
  startSupportSessionRequest,
  supportMessageResponse,
  supportSessionQuery,
  supportSessionResponse,
  supportUserQuery,
} from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { loadInbox } from '../conversations/index.js'
import { declareAccess } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseId, parseInput } from '../http/input.js'
import { loadHistory } from '../messages/index.js'
import type { Actor } from '../organizations/actor.js'
import {
  type Action,
  authorize,
  type MemberGate,
  memberRoute,
  memberRoutes,
  ownerSessionOf,
} from '../organizations/index.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { authorOf } from '../realtime/author.js'
import { assignConversation, type TeamWorkContext } from '../team-work/index.js'
import {
  authenticateSiteUser,
  type GeoHeaders,
  openSiteSession,
  requestFacts,
  type SiteUser,
  type SiteUserContext,
  siteTokenOf,
} from '../visitors/index.js'
import { findActive, loadQueue, loadReads, ownerOf, sessionOf, sessionsOf, startNext } from './sessions.js'
import { forUser, supportMessageOf } from './support-words.js'

const PAGE = 50

/** What the routes need. */
export interface SupportChatContext extends SiteUserContext, TeamWorkContext {
  gate: MemberGate
  geoHeaders: GeoHeaders
  limits: {
    /** New or resumed sessions from one network address. */
    initPerAddress: RateLimit
    /** Calls from one network address. */
    callsPerAddress: RateLimit
    /** Messages of one session. */
    messagesPerSession: RateLimit
  }
}

/**
 * `/api/support/chat`: the interface of the chat that a site had before, over the same conversations. A session there is a
 * conversation here; its user is the site's, proved by the site's own token with each call, and its team are members.
 */
export function supportChatRoutes(context: SupportChatContext): Router {
  const { database, gate, messages, limits } = context
  const router = Router()

  const authenticateUser = async (request: Request, said?: string): Promise<SiteUser> => {
    await limits.callsPerAddress.consume(clientNetwork(request.ip))
    const { widgetKey } = parseInput(supportUserQuery, request.query)
    return authenticateSiteUser(context, request, said ?? request.get('x-widget-key') ?? widgetKey)
  }

  const startOne: RequestHandler = async (request, response) => {
    response.set('cache-control', 'no-store')
    await limits.initPerAddress.consume(clientNetwork(request.ip))
    const { widgetKey } = parseInput(startSupportSessionRequest, request.body ?? {})
    const user = await authenticateUser(request, widgetKey)
    const active = await findActive(database, user)
    const { organizationId } = user.widget
    if (active !== undefined) {
      response.json({ session: forUser(await sessionOf(database, organizationId, active)) })
      return
    }
    const actor = await openSiteSession(context, user, requestFacts(request, context.geoHeaders))
    authorize(actor, 'conversation.start')
    const conversationId = await startNext(context, actor)
    // The user's page may be open, and has asked for nothing (C27).
    context.changes.emit({ organizationId, conversationId, events: [], headSeq: 0, beganIn: actor.sessionId })
    response.status(201).json({ session: forUser(await sessionOf(database, organizationId, conversationId)) })
  }

  const activeOne: RequestHandler = async (request, response) => {
    response.set('cache-control', 'no-store')
    const user = await authenticateUser(request)
    const active = await findActive(database, user)
    const session = active === undefined ? null : forUser(await sessionOf(database, user.widget.organizationId, active))
    response.json({ session })
  }

  /** A user in their own conversation, or a member in one of their organization's. */
  const actorFor = async (request: Request, conversationId: string, action: Action): Promise<Actor> => {
    const actor =
      siteTokenOf(request) === undefined
        ? await gate.requireMember(request, { changes: request.method !== 'GET' })
        : await ownerOf(database, await authenticateUser(request), conversationId)
    authorize(actor, action)
    return actor
  }

  const readOne: RequestHandler<{ id: string }> = async (request, response) => {
    response.set('cache-control', 'no-store')
    const id = parseId(request.params.id)
    const actor = await actorFor(request as Request, id, 'conversation.read')
    const { before, limit = LIMITS.freshWindow } = parseInput(supportSessionQuery, request.query)
    const { organizationId } = actor
    const session = await sessionOf(database, organizationId, id)
    const scope = { organizationId, conversationId: id, ownerSessionId: null }
    const page = await loadHistory(database, { ...scope, beforeSeq: before, limit, messagesOnly: true })
    const reads = await loadReads(database, organizationId, id)
    if (actor.kind === 'member') {
      const address = request.ip === undefined ? null : clientNetwork(request.ip)
      await gate.noteRead(actor, { action: 'conversation.read', address, target: { kind: 'conversation', id } })
    }
    const said = page.events.filter((event) => event.type === 'message.created')
    const { reachedStart } = page
    response.json({
      session: actor.kind === 'visitor' ? forUser(session) : session,
      messages: said.map((message) => supportMessageOf(message, session.userId, reads)),
      reachedStart,
    })
  }

  const sendOne: RequestHandler<{ id: string }> = async (request, response) => {
    response.set('cache-control', 'no-store')
    const conversationId = parseId(request.params.id)
    const actor = await actorFor(request as Request, conversationId, 'message.send')
    const { organizationId } = actor
    if (actor.kind === 'visitor') await limits.messagesPerSession.consume(`${organizationId} ${actor.sessionId}`)
    const { content, clientMessageId = context.generateId() } = parseInput(sendSupportMessageRequest, request.body)
    const { message, duplicate } = await messages.append({
      organizationId,
      conversationId,
      author: authorOf(actor),
      ownerSessionId: ownerSessionOf(actor),
      clientMessageId,
      parts: [{ type: 'text', text: content }],
    })
    const { userId } = await sessionOf(database, organizationId, conversationId)
    const reads = await loadReads(database, organizationId, conversationId)
    response.status(duplicate ? 200 : 201).json({ message: supportMessageOf(message, userId, reads) })
  }

  /** Threat 16, for what comes with a cookie; a site's token no browser sends by itself. */
  const ownPagesOrTokens: RequestHandler = (request, response, next) =>
    siteTokenOf(request) === undefined ? gate.ownPagesOrTokens(request, response, next) : next()

  const user = (action: Action) => ({ for: 'user', action }) as const
  const either = (action: Action) => ({ for: 'user or member', action }) as const
  router.post(
    '/sessions/user',
    jsonBody,
    declareAccess(
      user('conversation.start'),
      startOne,
      { body: startSupportSessionRequest, query: supportUserQuery },
      supportSessionResponse,
    ),
  )
  router.get(
    '/sessions/active',
    declareAccess(user('conversation.read'), activeOne, { query: supportUserQuery }, activeSupportSessionResponse),
  )
  router.use(teamRoutes(context))
  router.get(
    '/sessions/:id',
    declareAccess(either('conversation.read'), readOne, { query: supportSessionQuery }, readSupportSessionResponse),
  )
  router.post(
    '/sessions/:id/messages',
    ownPagesOrTokens,
    jsonBody,
    declareAccess(
      either('message.send'),
      sendOne,
      { body: sendSupportMessageRequest, query: supportUserQuery },
      supportMessageResponse,
    ),
  )
  return router
}

/** What the team does with all of them. */
function teamRoutes(context: SupportChatContext): Router {
  const { database, clock, messages } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/sessions',
      action: 'inbox.read',
      query: listSupportSessionsQuery,
      answer: listSupportSessionsResponse,
      async run({ actor: { organizationId }, query: { limit = PAGE, cursor } }) {
        const { conversations, nextCursor } = await loadInbox(database, { organizationId, limit, cursor })
        return { sessions: await sessionsOf(database, organizationId, conversations), nextCursor }
      },
    }),
    memberRoute({
      method: 'get',
      path: '/queue',
      action: 'inbox.read',
      query: listSupportSessionsQuery,
      answer: listSupportSessionsResponse,
      run: ({ actor: { organizationId }, query: { limit = PAGE, cursor } }) =>
        loadQueue(database, { organizationId, limit, cursor, now: clock() }),
    }),
    memberRoute({
      method: 'post',
      path: '/sessions/:id/assign',
      action: 'conversation.assign',
      body: assignSupportSessionRequest,
      answer: supportSessionResponse,
      async run({ actor, params, body }) {
        const which = { organizationId: actor.organizationId, conversationId: parseId(params.id) }
        await assignConversation(context, which, actor, body)
        return { session: await sessionOf(database, which.organizationId, which.conversationId) }
      },
    }),
    memberRoute({
      method: 'post',
      path: '/sessions/:id/end',
      action: 'conversation.end',
      answer: supportSessionResponse,
      async run({ actor, params }) {
        const which = { organizationId: actor.organizationId, conversationId: parseId(params.id) }
        await messages.end({ ...which, author: authorOf(actor), ownerSessionId: null })
        return { session: await sessionOf(database, which.organizationId, which.conversationId) }
      },
    }),
  ])
}
