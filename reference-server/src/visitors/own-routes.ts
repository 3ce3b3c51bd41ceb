import { Readable } from 'node:stream'
import { ChatError, type QueuePlace } from '@chatdesk/protocol'
import {
  endPushRequest,
  mailTranscriptRequest,
  pushSubscription,
  rateConversationRequest,
  rateMessageRequest,
  trackRequest,
  transcriptQuery,
} from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { sql } from 'kysely'
import {
  isReachable,
  listVisitorConversations,
  loadConversation,
  loadRating,
  loadTranscript,
  rateConversation,
  rateMessage,
  trackEvents,
  transcriptHtml,
  transcriptJson,
  transcriptText,
} from '../conversations/index.js'
import { declareAccess, type RouteInput } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseId, parseInput } from '../http/input.js'
import { sendStream } from '../http/send-stream.js'
import type { VisitorActor } from '../organizations/actor.js'
import { type Action, authorize } from '../organizations/index.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { type PushContext, subscribe, unsubscribe } from '../push/index.js'
import type { Line } from '../queue/index.js'
import { type EraseVisitorContext, eraseVisitor } from './erase-visitor.js'
import { exportVisitor } from './export-visitor.js'
import { type MailTranscriptContext, mailTranscript } from './mail-transcript.js'
import { signOut } from './sign-out.js'
import type { VisitorsContext } from './visit.js'

/** What the routes need beside the use cases. */
export interface OwnRoutesContext extends VisitorsContext, MailTranscriptContext, EraseVisitorContext, PushContext {
  authenticate: (request: Request) => Promise<VisitorActor>
  line: Line
  /** Requests of one session that write. */
  writesPerSession: RateLimit
  /** Of all that is kept of one visitor. */
  exportsPerVisitor: RateLimit
}

/** `/api/widget`: what visitors may do with what is theirs, beside talking. */
export function ownRoutes(context: OwnRoutesContext): Router {
  const { database, authenticate, writesPerSession, line } = context
  const router = Router()

  const route = (
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    action: Action,
    input: RouteInput,
    /** Undefined: 204. */
    run: (actor: VisitorActor, request: Request, response: Parameters<RequestHandler>[1]) => Promise<unknown>,
  ) => {
    const handler: RequestHandler = async (request, response) => {
      response.set('cache-control', 'no-store')
      const actor = await authenticate(request)
      authorize(actor, action)
      if (method !== 'get') await writesPerSession.consume(actor.sessionId)
      const answer = await run(actor, request, response)
      if (response.headersSent) return
      if (answer === undefined) response.sendStatus(204)
      else response.json(answer)
    }
    router[method](path, jsonBody, declareAccess({ for: 'visitor', action }, handler, input))
  }

  route('get', '/conversations', 'conversation.read', {}, async (actor) => ({
    conversations: await listVisitorConversations(database, actor),
  }))
  route('get', '/conversations/:id/rating', 'conversation.read', {}, (actor, { params }) =>
    loadRating(context, actor, parseId(params.id)),
  )
  route('get', '/conversations/:id/queue', 'conversation.read', {}, async (actor, { params }) => {
    const { id: conversationId } = await loadConversation(database, actor, parseId(params.id))
    const place = await line.placeOf({ organizationId: actor.organizationId, conversationId })
    if (!place) return { queue: null }
    const { position, waitMs } = place
    return { queue: { position, waitSeconds: waitMs === null ? null : Math.round(waitMs / 1000) } satisfies QueuePlace }
  })
  const rate = { body: rateConversationRequest }
  route('put', '/conversations/:id/rating', 'conversation.rate', rate, (actor, { params, body }) =>
    rateConversation(context, actor, parseId(params.id), parseInput(rateConversationRequest, body)),
  )
  const rateOne = { body: rateMessageRequest }
  route('put', '/conversations/:id/message-rating', 'message.rate', rateOne, (actor, { params, body }) =>
    rateMessage(context, actor, { conversationId: parseId(params.id), ...parseInput(rateMessageRequest, body) }),
  )
  route('post', '/events', 'visitor.track', { body: trackRequest }, (actor, { body }) =>
    trackEvents(context, actor, parseInput(trackRequest, body).events),
  )
  const read = { query: transcriptQuery }
  route('get', '/conversations/:id/transcript', 'transcript.read', read, async (actor, request, response) => {
    const conversationId = parseId(request.params.id)
    const { format = 'txt', locale } = parseInput(transcriptQuery, request.query)
    const { organizationId } = actor
    const said = await localeOf(actor, conversationId)
    const scope = { organizationId, conversationId, ownerSessionId: null }
    const transcript = await loadTranscript(database, scope, supported(locale ?? said))
    response.set('content-disposition', `attachment; filename="transcript.${format}"`)
    if (format === 'json') return transcriptJson(transcript)
    const text = format === 'html' ? transcriptHtml(transcript) : transcriptText(transcript)
    return response.type(format === 'html' ? 'html' : 'text/plain').send(text)
  })
  const send = { body: mailTranscriptRequest }
  route('post', '/conversations/:id/transcript', 'transcript.send', send, async (actor, { params, body, ip }) => {
    const conversationId = parseId(params.id)
    const { email, locale } = parseInput(mailTranscriptRequest, body)
    const said = await localeOf(actor, conversationId)
    await mailTranscript(context, actor, {
      ...{ conversationId, email, locale: supported(locale ?? said), network: clientNetwork(ip) },
    })
  })
  const browser = { body: pushSubscription }
  route('put', '/push', 'visitor.push', browser, (actor, { body }) =>
    subscribe(context, actor, parseInput(pushSubscription, body)),
  )
  const noBrowser = { body: endPushRequest }
  route('delete', '/push', 'visitor.push', noBrowser, (actor, { body }) =>
    unsubscribe(context, actor, parseInput(endPushRequest, body).endpoint),
  )
  route('get', '/visitor/export', 'visitor.export', {}, async (actor, _request, response) => {
    await context.exportsPerVisitor.consume(`${actor.organizationId} ${actor.visitorId}`)
    await sendStream(Readable.from(await exportVisitor(context, actor)), response.type('json'))
  })
  route('delete', '/visitor', 'visitor.erase', {}, (actor) => eraseVisitor(context, actor))
  route('post', '/logout', 'visitor.signOut', {}, (actor) => signOut(context, actor))
  return router

  /** What the visitor speaks; throws for a conversation that is not theirs. */
  async function localeOf({ organizationId, sessionId }: VisitorActor, conversationId: string): Promise<string> {
    const { rows } = await sql<{ locale: string | null }>`
      select coalesce(s.locale, s.language) as locale from visitor_sessions s join conversations k on ${isReachable}
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
        and k.id = ${conversationId}::uuid`.execute(database.of(organizationId))
    if (!rows[0]) throw notFound()
    return rows[0].locale ?? 'en'
  }
}

function notFound(): ChatError {
  return new ChatError('NOT_FOUND', 'No such conversation.')
}

/** What looks like a locale is one only if `Intl` says so. */
function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
