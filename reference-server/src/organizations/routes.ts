import { timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { signInRequest } from '@chatdesk/protocol/schemas'
import { parseCookie, stringifySetCookie } from 'cookie'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseInput } from '../http/input.js'
import { requireOwnOrigin } from '../http/own-origin.js'
import { ABSOLUTE_MS, closeMemberSession, findSignedIn, type SignedIn } from './member-sessions.js'
import type { OrganizationsContext } from './organizations.js'
import { type SignInLimits, signIn } from './sign-in.js'
import { issueTicket } from './tickets.js'

/** What the routes need beside the use cases. */
export interface AuthRoutesContext extends OrganizationsContext {
  limits: SignInLimits
  publicUrl: URL | undefined
}

/** `/api/auth`: a session cookie for the console, and tickets for its connections. */
export function authRoutes(context: AuthRoutesContext): Router {
  const { database, clock, publicUrl } = context
  const router = Router()
  const ownPagesOnly = requireOwnOrigin(publicUrl)
  const noStore: RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
  }
  /** The cookie's prefix makes browsers refuse it over http and from a sibling domain; on loopback there is no https. */
  const cookieOf = (request: Request) => {
    const secure = publicUrl ? publicUrl.protocol === 'https:' : request.secure
    return { name: secure ? '__Host-chatdesk' : 'chatdesk', secure }
  }
  const setCookie = (request: Request, response: Response, value: string, maxAge: number) => {
    const { name, secure } = cookieOf(request)
    response.append(
      'set-cookie',
      stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge }),
    )
  }
  const requireSignedIn = async (request: Request): Promise<SignedIn> => {
    const token = parseCookie(request.headers.cookie ?? '')[cookieOf(request).name]
    const signedIn = token ? await findSignedIn(database, token, clock()) : undefined
    if (!signedIn) throw new ChatError('UNAUTHENTICATED', 'Sign in first.')
    return signedIn
  }
  /** As `requireSignedIn`, for what changes something: the request must repeat the token that only our page can read. */
  const requireCsrfToken = async (request: Request): Promise<SignedIn> => {
    const signedIn = await requireSignedIn(request)
    const given = Buffer.from(request.get('x-chatdesk-csrf') ?? '')
    const expected = Buffer.from(signedIn.current.csrfToken)
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new ChatError('FORBIDDEN', 'The header x-chatdesk-csrf is missing or wrong.')
    return signedIn
  }

  router.post('/sign-in', noStore, ownPagesOnly, jsonBody, async (request, response) => {
    const input = parseInput(signInRequest, request.body)
    const { token, current } = await signIn(context, context.limits, { ...input, address: clientNetwork(request.ip) })
    setCookie(request, response, token, ABSOLUTE_MS / 1000)
    response.json(current)
  })
  router.post('/sign-out', noStore, ownPagesOnly, jsonBody, async (request, response) => {
    try {
      const { actor } = await requireCsrfToken(request)
      await closeMemberSession(database, actor)
    } catch (error) {
      // A session that has ended already is signed out, but for its cookie.
      if (!ChatError.isInstance(error) || error.code !== 'UNAUTHENTICATED') throw error
    }
    setCookie(request, response, '', 0)
    response.sendStatus(204)
  })
  router.get('/me', noStore, async (request, response) => {
    const { current } = await requireSignedIn(request)
    response.json(current)
  })
  router.post('/ticket', noStore, ownPagesOnly, jsonBody, async (request, response) => {
    const { actor } = await requireCsrfToken(request)
    response.json(await issueTicket(database, actor, request.headers.origin, clock()))
  })
  return router
}
