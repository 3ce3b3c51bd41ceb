import { ChatError } from '@chatdesk/protocol'
import { currentMember, signInRequest, ticketResponse } from '@chatdesk/protocol/schemas'
import { type RequestHandler, Router } from 'express'
import { declareAccess } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseInput } from '../http/input.js'
import { accountRoutes } from './account-routes.js'
import { homeOf } from './actor.js'
import { type EntryRoutesContext, entryRoutes } from './entry-routes.js'
import { ABSOLUTE_MS, closeMemberSessions } from './member-sessions.js'
import { signIn } from './sign-in.js'
import { issueTicket } from './tickets.js'

/** `/api/auth`: a session cookie for the console, tickets for its connections, and all ways to come by them. */
export function authRoutes(context: EntryRoutesContext): Router {
  const { database, clock, gate } = context
  const router = Router()
  const noStore: RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
  }
  const changing = [noStore, gate.ownPagesOnly, jsonBody]

  const signingIn: RequestHandler = async (request, response) => {
    const input = parseInput(signInRequest, request.body)
    const { token, current } = await signIn(context, context.limits, {
      ...input,
      address: clientNetwork(request.ip),
      userAgent: request.headers['user-agent'],
    })
    gate.setCookie(request, response, token, ABSOLUTE_MS / 1000)
    response.json(current)
  }
  const signingOut: RequestHandler = async (request, response) => {
    try {
      const { actor } = await gate.requireCsrfToken(request)
      const home = homeOf(actor)
      const self = { organizationId: home, memberId: actor.memberId }
      await closeMemberSessions(database.of(home), self, { only: actor.memberSessionId })
    } catch (error) {
      // A session that has ended already is signed out, but for its cookie.
      if (!ChatError.isInstance(error) || error.code !== 'UNAUTHENTICATED') throw error
    }
    gate.setCookie(request, response, '', 0)
    response.sendStatus(204)
  }
  const me: RequestHandler = async (request, response) => {
    const { current } = await gate.requireSignedIn(request)
    response.json(current)
  }
  const ticket: RequestHandler = async (request, response) => {
    const { actor } = await gate.requireCsrfToken(request)
    response.json(await issueTicket(database, actor, request.headers.origin, clock()))
  }
  const byPassword = { for: 'everybody', because: 'it asks for the password, and is throttled' } as const
  router.post('/sign-in', ...changing, declareAccess(byPassword, signingIn, { body: signInRequest }, currentMember))
  const ending = {
    for: 'everybody',
    because: 'it ends the sign-in that it brings, and nothing when it brings none',
  } as const
  const bySession = { for: 'member', action: 'session' } as const
  router.post('/sign-out', ...changing, declareAccess(ending, signingOut, {}))
  router.get('/me', noStore, declareAccess(bySession, me, {}, currentMember))
  router.post('/ticket', ...changing, declareAccess(bySession, ticket, {}, ticketResponse))
  router.use(accountRoutes(context), entryRoutes(context))
  return router
}
