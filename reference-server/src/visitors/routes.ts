import { LIMITS } from '@chatdesk/protocol'
import {
  createConversationRequest,
  initRequest,
  listMessagesQuery,
  sendMessageRequest,
} from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { loadConversation, startConversation } from '../conversations/index.js'
import { listOfferedDepartments } from '../departments/index.js'
import { type FilesContext, resolveParts, visitorFileRoutes } from '../files/index.js'
import { declareAccess, type RouteInput } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseId, parseInput } from '../http/input.js'
import type { MailQueue } from '../mail/index.js'
import { loadHistory, type MessageLog } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { type Action, authorize, ownerSessionOf } from '../organizations/index.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'
import type { PushContext } from '../push/index.js'
import type { Line } from '../queue/index.js'
import type { InstallationLog } from '../widgets/index.js'
import { authenticateRequest } from './authenticate.js'
import { initSession } from './init.js'
import { ownRoutes } from './own-routes.js'
import { type GeoHeaders, requestFacts } from './request-facts.js'
import type { VisitorsContext } from './visit.js'

/** How much visitors may ask for. */
export interface VisitorLimits {
  /** New or resumed sessions from one network address. */
  initPerAddress: RateLimit
  /** Calls from one network address. */
  callsPerAddress: RateLimit
  exportsPerVisitor: RateLimit
  /** Messages of one session. */
  messagesPerSession: RateLimit
  /** What else one session writes by REST. */
  writesPerSession: RateLimit
  /** Transcripts by mail, from one network address. */
  transcriptsPerNetwork: RateLimit
  /** Mails to one address. */
  mailsPerAddress: RateLimit
}

/** What the routes need beside the use cases. */
export interface VisitorRoutesContext extends VisitorsContext, FilesContext, PushContext {
  line: Line
  messages: MessageLog
  installations: InstallationLog
  limits: VisitorLimits
  geoHeaders: GeoHeaders
  logger: Logger
  mails: MailQueue | undefined
  /** What visitors are to pay. */
  payments: (door: { authenticate: (request: Request) => Promise<VisitorActor>; writesPerSession: RateLimit }) => Router
  /** What visitors read for themselves. */
  knowledge: (authenticate: (request: Request) => Promise<VisitorActor>) => Router
}

/** `/api/widget`: what a visitor does without a live connection. */
export function visitorRoutes(context: VisitorRoutesContext): Router {
  const { database, clock, limits, messages } = context
  const router = Router()
  const authenticate = async (request: Request, sending = false): Promise<VisitorActor> => {
    await limits.callsPerAddress.consume(clientNetwork(request.ip))
    return authenticateRequest(database, request, clock(), sending)
  }

  const init: RequestHandler = async (request, response) => {
    await limits.initPerAddress.consume(clientNetwork(request.ip))
    const input = parseInput(initRequest, request.body)
    const { answer, created } = await initSession(context, input, requestFacts(request, context.geoHeaders))
    response
      .status(created ? 201 : 200)
      .set('cache-control', 'no-store')
      .json(answer)
  }

  const startOne: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    authorize(actor, 'conversation.start')
    const input = parseInput(createConversationRequest, request.body ?? {})
    const { conversationId, created } = await startConversation(context, actor, input)
    const conversation = await loadConversation(database, actor, conversationId)
    response.status(created ? 201 : 200).json({ conversation })
  }

  const sendOne: RequestHandler = async (request, response) => {
    const actor = await authenticate(request, true)
    authorize(actor, 'message.send')
    await limits.messagesPerSession.consume(`${actor.organizationId} ${actor.sessionId}`)
    const conversationId = parseId(request.params.id)
    const { clientMessageId, parts: submitted } = parseInput(sendMessageRequest, request.body)
    const parts = await resolveParts(context, actor, conversationId, submitted)
    const { message, duplicate } = await messages.append({
      organizationId: actor.organizationId,
      conversationId,
      author: { kind: 'visitor', id: actor.visitorId, name: actor.name },
      ownerSessionId: ownerSessionOf(actor),
      clientMessageId,
      parts,
    })
    response.status(duplicate ? 200 : 201).json({ message, seq: message.seq })
  }

  const list: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    authorize(actor, 'conversation.read')
    const conversationId = parseId(request.params.id)
    const { before, after, limit } = parseInput(listMessagesQuery, request.query)
    const page = await loadHistory(database, {
      organizationId: actor.organizationId,
      conversationId,
      ownerSessionId: ownerSessionOf(actor),
      beforeSeq: before,
      afterSeq: after,
      limit: limit ?? LIMITS.freshWindow,
      messagesOnly: true,
    })
    const { events, reachedStart, headSeq } = page
    response.set('cache-control', 'no-store').json({ messages: events, reachedStart, headSeq })
  }

  const departments: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    authorize(actor, 'department.list')
    const offered = await listOfferedDepartments(database.of(actor.organizationId), actor)
    response.set('cache-control', 'no-store').json({ departments: offered })
  }

  const byKey = { for: 'everybody', because: 'it gives a session to a page that the widget allows' } as const
  const by = (action: Action, handler: RequestHandler, input: RouteInput) =>
    declareAccess({ for: 'visitor', action }, handler, input)
  router.post('/init', jsonBody, declareAccess(byKey, init, { body: initRequest }))
  router.post('/conversations', jsonBody, by('conversation.start', startOne, { body: createConversationRequest }))
  router.post('/conversations/:id/messages', jsonBody, by('message.send', sendOne, { body: sendMessageRequest }))
  router.get('/conversations/:id/messages', by('conversation.read', list, { query: listMessagesQuery }))
  router.use(ownRoutes({ ...context, ...limits, authenticate: (request) => authenticate(request) }))
  router.get('/departments', by('department.list', departments, {}))
  router.use(context.knowledge((request) => authenticate(request)))
  router.use(visitorFileRoutes(context, authenticate))
  const { writesPerSession } = limits
  router.use(context.payments({ authenticate: (request) => authenticate(request), writesPerSession }))
  return router
}
